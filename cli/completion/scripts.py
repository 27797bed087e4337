"""The scripts by which shells ask the program what can be typed next, and the commands that install them."""

from __future__ import annotations

# Bash cuts words at : and = as well, and replaces only what stands behind the last of them.
BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' line kind value
    COMPREPLY=()
    for line in $(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="${COMP_WORDS[COMP_CWORD]}" \\
        %(complete_var)s=bash_complete "$1"); do
        kind=${line%%%%,*} value=${line#*,}
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            nospace) compopt -o nospace; COMPREPLY+=("$value") ;;
            *) COMPREPLY+=("$value") ;;
        esac
    done
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

# Zsh would keep what is typed; -U puts the candidates in its place, so that a part of a title stands for an id.
ZSH = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local -a plain described options
    local kind value about
    [[ $PREFIX == --*=* ]] && compset -P 1 '*=' && options=(-i "$IPREFIX")
    for kind value about in "${(@f)$(env COMP_LINE="${(j: :)words[1,CURRENT]}" \\
        %(complete_var)s=zsh_complete ${~words[1]})}"; do
        case $kind in
            dir) _path_files -/ ;;
            file) _path_files ;;
            nospace) options+=(-S '') ;|
            plain|nospace)
                if [[ $about == _ ]]; then plain+=("$value"); else described+=("$value:$about"); fi ;;
        esac
    done
    (( $#described )) && _describe -V unsorted described -U "${options[@]}"
    (( $#plain )) && compadd -U -V unsorted "${options[@]}" -a plain
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
    compdef %(complete_func)s %(prog_name)s
fi
"""

# In fish, a candidate is the whole word, and what is behind an equals sign a part of it.
FISH = """\
function %(complete_func)s
    set -l word (commandline -ct)
    set -l option (string match -r -- '^--[^=]*=' $word; or echo)
    for line in (env %(complete_var)s=fish_complete COMP_LINE=(commandline -cp | string collect) %(prog_name)s)
        set -l kind (string split -m 1 , -- $line)
        switch $kind[1]
            case dir
                for path in (__fish_complete_directories (string replace -- "$option" '' $word))
                    echo $option$path
                end
            case file
                for path in (__fish_complete_path (string replace -- "$option" '' $word))
                    echo $option$path
                end
            case '*'
                echo $option$kind[2]
        end
    end
end

complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""

# Native output is read in the encoding of the console, which on Windows is not UTF-8.
POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $cursor)
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $env:%(complete_var)s = 'powershell_complete'
    $env:COMP_LINE = $ast.ToString().PadRight($cursor).Substring(0, $cursor)
    try { $lines = & %(prog_name)s 2>$null } finally { $env:%(complete_var)s = $null; $env:COMP_LINE = $null }
    foreach ($line in $lines) {
        $value, $about = $line -split "`t", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
"""

INSTALL = {
    "bash": """echo 'eval "$(zhengce completion bash)"' >> ~/.bashrc""",
    "zsh": """echo 'eval "$(zhengce completion zsh)"' >> ~/.zshrc""",
    "fish": "mkdir -p ~/.config/fish/completions && zhengce completion fish > ~/.config/fish/completions/zhengce.fish",
    "powershell": "Add-Content $PROFILE 'zhengce completion powershell | Out-String | Invoke-Expression'",
}
"""The command that installs completion, for each shell."""
