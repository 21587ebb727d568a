# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_evergrant_global_optspecs
    string join \n json start h/help V/version
end

function __fish_evergrant_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_evergrant_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_evergrant_using_subcommand
    set -l cmd (__fish_evergrant_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c evergrant -n "__fish_evergrant_needs_command" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_needs_command" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evergrant -n "__fish_evergrant_needs_command" -s V -l version -d 'Print version'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "accounts" -d 'List the connected accounts'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "token" -d 'Print an access token for an account'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "connect" -d 'Connect an account, or connect it again'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "test" -d 'Try whether an account works'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "refresh" -d 'Fetch fresh access for an account now'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "disconnect" -d 'End the connection of an account'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "apps" -d 'Show and change what other programs may do'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "log" -d 'Show who asked for what, and what they got'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "history" -d 'Show what happened to an account, and who asked for it'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "status" -d 'Say whether Evergrant runs, and how it sees you'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "doctor" -d 'Find out what stands in the way'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "export" -d 'Put all accounts into one encrypted file'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "import" -d 'Bring accounts back from such a file'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "report" -d 'Say that a service refused a token, so that a new one is fetched'
complete -c evergrant -n "__fish_evergrant_needs_command" -f -a "git-credential" -d 'Answer git, as its credential helper'
complete -c evergrant -n "__fish_evergrant_using_subcommand accounts" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand accounts" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand accounts" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -l scope -d 'Only this scope (may be repeated); otherwise all that were granted' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -l min-valid -d 'How long the token must last at least, such as 5m, 300s or 1h' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -l reason -d 'Why it is needed; shown to the person who is asked' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -l wait -d 'How long to wait for a person\'s answer [default: 2m on a terminal, else 1m]' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -l format -d 'What to print' -r -f -a "raw\t'The token alone'
json\t'Token, expiry, scopes and account'
header\t'A header for curl: Authorization: Bearer …'
xoauth2\t'The answer that IMAP and SMTP servers expect for AUTH XOAUTH2'"
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evergrant -n "__fish_evergrant_using_subcommand connect" -l permission -d 'What the account may be used for (may be repeated)' -r -f -a "send-mail\t''
read-mail\t''
calendar\t''
contacts\t''
drive-files\t''"
complete -c evergrant -n "__fish_evergrant_using_subcommand connect" -l scope -d 'A scope to ask for besides (may be repeated)' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand connect" -l account -d 'Connect this account again, instead of another one' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand connect" -l no-browser -d 'Print the link instead of opening a browser, as over SSH'
complete -c evergrant -n "__fish_evergrant_using_subcommand connect" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand connect" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand connect" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand test" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand test" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand test" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand refresh" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand refresh" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand refresh" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand disconnect" -l all -d 'Every account'
complete -c evergrant -n "__fish_evergrant_using_subcommand disconnect" -l only-here -d 'Remove it from this computer only; other computers stay connected'
complete -c evergrant -n "__fish_evergrant_using_subcommand disconnect" -l yes -d 'Do not ask'
complete -c evergrant -n "__fish_evergrant_using_subcommand disconnect" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand disconnect" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand disconnect" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -f -a "list" -d 'List the programs and what they may do (the default)'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -f -a "allow" -d 'Allow a program beforehand, where there is no window to ask in'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -f -a "end" -d 'End one grant, by the id that the list shows'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -f -a "pause" -d 'Give no program access for now'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and not __fish_seen_subcommand_from list allow end pause resume" -f -a "resume" -d 'Give programs access again'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from list" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from list" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -l interpreter -d 'What runs the script, where its first line does not say so' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -l account -d 'The account it may use' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -l scope -d 'Only this scope (may be repeated); otherwise all of the account\'s' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -l for -d 'For how long, such as 12h, or always' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -l through-command -d 'When it asks by running evergrant, instead of by itself'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from allow" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from end" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from end" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from pause" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from pause" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from resume" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from resume" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand apps; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand log" -l search -d 'Only entries that contain this text' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand log" -l limit -d 'How many entries, newest first' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand log" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand log" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand log" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand history" -l limit -d 'How many lines, newest first; 1000 at most' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand history" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand history" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand history" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand status" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand status" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand status" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand doctor" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand doctor" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand export" -l recipient -d 'Make it for this key (age1…) instead of a passphrase' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand export" -l passphrase-fd -d 'Read its passphrase from this open file descriptor' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand export" -l vault-passphrase-fd -d 'Read the passphrase of Evergrant’s own encrypted file from this open file descriptor' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand export" -l replace -d 'Replace a file of this name'
complete -c evergrant -n "__fish_evergrant_using_subcommand export" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand export" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand export" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand import" -l identity -d 'Open it with the key in this file instead of a passphrase' -r -F
complete -c evergrant -n "__fish_evergrant_using_subcommand import" -l passphrase-fd -d 'Read its passphrase from this open file descriptor' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand import" -l vault-passphrase-fd -d 'Read the passphrase of Evergrant’s own encrypted file from this open file descriptor' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand import" -l replace -d 'Take accounts and client files from it also where they work here'
complete -c evergrant -n "__fish_evergrant_using_subcommand import" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand import" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand import" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand report" -l scope -d 'The scopes that the refused token was asked with (may be repeated)' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand report" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand report" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand report" -s h -l help -d 'Print help'
complete -c evergrant -n "__fish_evergrant_using_subcommand git-credential" -l host -d 'Answer for this host too, besides Google\'s own (may be repeated)' -r
complete -c evergrant -n "__fish_evergrant_using_subcommand git-credential" -l json -d 'Answer in JSON'
complete -c evergrant -n "__fish_evergrant_using_subcommand git-credential" -l start -d 'Start Evergrant first if it is not running'
complete -c evergrant -n "__fish_evergrant_using_subcommand git-credential" -s h -l help -d 'Print help'
