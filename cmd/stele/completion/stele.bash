# Completion of stele for bash: source <(stele completion bash)
_stele() {
	local line value width=0
	local -a found=()
	COMPREPLY=()
	while IFS= read -r line; do
		found+=("$line")
	done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	if ((${#found[@]} == 1 || COMP_TYPE == 37 || COMP_TYPE == 42)); then
		for line in "${found[@]}"; do
			COMPREPLY+=("${line%%$'\t'*}")
		done
		# What ends so goes on: a list, a folder, a value after “=”.
		[[ ${COMPREPLY[0]} == *[,/=] ]] && compopt -o nospace
		return
	fi
	for line in "${found[@]}"; do
		value=${line%%$'\t'*}
		((width < ${#value})) && width=${#value}
	done
	for line in "${found[@]}"; do
		if [[ $line == *$'\t'* ]]; then
			printf -v line '%-*s  %s' "$width" "${line%%$'\t'*}" "${line#*$'\t'}"
			line=${line:0:${COLUMNS:-80}-4}
		fi
		COMPREPLY+=("$line")
	done
}
complete -o bashdefault -o default -o nosort -F _stele stele
