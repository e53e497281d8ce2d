# Completion of stele for fish: stele completion fish | source
function __stele_complete
    set -l words (commandline -opc)
    set -l cur (commandline -ct)
    set -l found ($words[1] __complete $words[2..-1] "$cur" 2>/dev/null)
    if test (count $found) -eq 0
        __fish_complete_path "$cur"
    else
        printf '%s\n' $found
    end
end
complete -c stele -f -k -a '(__stele_complete)'
