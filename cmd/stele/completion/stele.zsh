#compdef stele
# Completion of stele for zsh: source <(stele completion zsh)
_stele() {
	local line value
	local -a found told open
	found=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	for line in "${found[@]}"; do
		[[ -z $line ]] && continue
		value=${line%%$'\t'*}
		value=${value//:/\\:}
		if [[ $line == *$'\t'* ]]; then
			value="$value:${line#*$'\t'}"
		fi
		if [[ ${line%%$'\t'*} == *[,/=] ]]; then
			open+=("$value")
		else
			told+=("$value")
		fi
	done
	if ((${#told} + ${#open} == 0)); then
		_files
		return
	fi
	((${#told})) && _describe -V stele told
	((${#open})) && _describe -V stele open -S ''
}
if [[ ${funcstack[1]} == _stele ]]; then
	_stele "$@"
else
	compdef _stele stele
fi
