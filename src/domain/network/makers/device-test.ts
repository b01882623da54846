import { powershell } from './device-test-windows.ts';
import { comments, type Maker, type MakerInput } from './maker.ts';

/** Where the scripts are installed on a device. */
const UNIX_PATH = '/usr/local/lib/bylaw/claude-network-test.sh';
const WINDOWS_PATH = 'C:\\ProgramData\\Bylaw\\claude-network-test.ps1';

/**
 * `bylaw probe` as scripts for devices without Bylaw, with their timers. They must read answers as `probeOutcome` does.
 */
export const deviceTest: Maker = {
  sh: shell,
  ps1: powershell,
  cron: (input) =>
    `${comments(input)}# Keys and token: /etc/bylaw/claude-network-test.env, readable by root alone, one NAME=value a line.
17 9 * * 1 root set -a; . /etc/bylaw/claude-network-test.env; sh ${UNIX_PATH} "<network and device>"
`,
  launchd: (input) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${xmlComment(input.about.join('. '))} -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>org.bylaw.claude-network-test</string>
  <key>ProgramArguments</key>
  <array>
    <string>/bin/sh</string>
    <string>-c</string>
    <string>set -a; . /etc/bylaw/claude-network-test.env; sh ${UNIX_PATH} "[network and device]"</string>
  </array>
  <key>StartCalendarInterval</key>
  <dict>
    <key>Weekday</key>
    <integer>1</integer>
    <key>Hour</key>
    <integer>9</integer>
    <key>Minute</key>
    <integer>17</integer>
  </dict>
</dict>
</plist>
`,
  task: (input) =>
    `${comments({ ...input, about: input.about.map(cmdComment) }, 'REM')}REM Keys and token: as environment variables of the account that the task runs as.
schtasks /Create /TN "Bylaw\\Claude network test" /SC WEEKLY /D MON /ST 09:17 /TR "powershell -NoProfile -ExecutionPolicy RemoteSigned -File ${WINDOWS_PATH} -Place \\"[network and device]\\""
`,
};

/** Text within a comment of XML, where two hyphens in a row are an error. */
const xmlComment = (text: string) => text.replace(/[<>&]/g, ' ').replace(/-(?=-)/g, '- ');

/** Text after REM: cmd runs what follows an ampersand that comes first, and expands percent signs. */
const cmdComment = (text: string) => text.replace(/[%&|<>^"!()]/g, ' ').trim();

/** Escapes a text for single quotes in a shell. */
const shellText = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function shell(input: MakerInput): string {
  const { restriction, report } = input;
  const { refused, wrong } = restriction;
  return `#!/bin/sh
${comments(input)}# Tries from this device whether the network refuses other Claude organizations. Exit 0: it does; 1: it does not; 2: too little
# was shown. Keys go to Claude alone. After "--enroll NAME" the device signs its results with a key of its own. With
# "--echo ADDRESS" it also asks a host that repeats the headers of a request whether the header meant for Claude came to it.
set -u
ENROLL=
PLACE=
ECHO=
while [ $# -gt 0 ]; do
  case $1 in
    --enroll) ENROLL=\${2:-}; shift ;;
    --echo) ECHO=\${2:-}; shift ;;
    *) PLACE=$1 ;;
  esac
  if [ $# -gt 0 ]; then shift; fi
done
case $ECHO in
  ''|http://*|https://*) ;;
  *) echo 'Give --echo an address that begins with https:// or http://.' >&2; exit 2 ;;
esac
SERVER=\${BYLAW_SERVER:-${shellText(report.server)}}
CLIENT=\${BYLAW_CLIENT:-${shellText(report.client)}}
CLAUDE=\${BYLAW_ANTHROPIC_URL:-https://api.anthropic.com}
DEVICE=\${BYLAW_DEVICE:-\${HOME:-/root}/.bylaw-device}/$CLIENT
WORK=$(mktemp -d) || exit 2
# Keys are in files there; some shells do not clean up after a signal unless it ends the script.
trap 'rm -rf "$WORK"' EXIT
trap 'exit 2' HUP INT TERM
umask 077

# A text inside quotes of JSON.
quoted() { printf '%s' "$1" | tr -d '\\000-\\037' | sed 's/\\\\/\\\\\\\\/g; s/"/\\\\"/g'; }
# Keys and tokens are handed to curl in a file, so that no list of processes shows them.
# Bylaw evaluates what it records, which takes a busy server a while.
send() { # path, body
  printf '%s' "$2" >"$WORK/body"
  { printf 'header = "authorization: Bearer %s"\\nheader = "content-type: application/json"\\n' "$BYLAW_TOKEN"
    printf 'data-binary = "@%s/body"\\n' "$WORK"
  } >"$WORK/config"
  : >"$WORK/answer"
  curl --silent --max-time 60 --config "$WORK/config" --output "$WORK/answer" --write-out '%{http_code}' "$SERVER/api/v1/clients/$CLIENT/network/$1"
}

if [ -n "$ENROLL" ]; then
  if [ -z "\${BYLAW_TOKEN:-}" ]; then echo 'Put a token of Bylaw for commands into BYLAW_TOKEN.' >&2; exit 2; fi
  mkdir -p "$DEVICE" && chmod 700 "$DEVICE" || exit 2
  openssl ecparam -name prime256v1 -genkey -noout -out "$WORK/key.pem" || exit 2
  PUBLIC=$(openssl ec -in "$WORK/key.pem" -pubout -outform DER 2>/dev/null | openssl base64 -A)
  STATUS=$(send devices "{\\"name\\":\\"$(quoted "$ENROLL")\\",\\"publicKey\\":\\"$PUBLIC\\"}")
  case $STATUS in
    2??) ;;
    *) echo "It was not enrolled: $SERVER answered $STATUS." >&2; exit 2 ;;
  esac
  ID=$(tr -d '\\n' <"$WORK/answer" | sed -n 's/.*"id" *: *"\\([A-Za-z0-9-]*\\)".*/\\1/p')
  if [ -z "$ID" ]; then echo 'It was not enrolled: the answer cannot be read.' >&2; exit 2; fi
  mv "$WORK/key.pem" "$DEVICE/key.pem" && printf '%s\\n' "$ID" >"$DEVICE/id" || exit 2
  echo "Enrolled. The key is in $DEVICE, and tests from here are signed by it."
  exit 0
fi
if [ -z "$PLACE" ]; then echo 'Say on which network and device: sh claude-network-test.sh "Head office, managed laptop"' >&2; exit 2; fi
if [ -z "\${BYLAW_PROBE_KEY:-}" ]; then echo 'Put an API key of your organization into BYLAW_PROBE_KEY.' >&2; exit 2; fi

ask() { # key, further header line or nothing, path, body or nothing
  { printf 'header = "x-api-key: %s"\\nheader = "anthropic-version: 2023-06-01"\\nheader = "content-type: application/json"\\n' "$1"
    if [ -n "$2" ]; then printf 'header = "%s"\\n' "$2"; fi
    if [ -n "$4" ]; then printf '%s' "$4" >"$WORK/body"; printf 'data-binary = "@%s/body"\\n' "$WORK"; fi
  } >"$WORK/config"
  : >"$WORK/answer"
  curl --silent --verbose --stderr "$WORK/said" --max-time 20 --max-filesize 64000 --config "$WORK/config" --output "$WORK/answer" --write-out '%{http_code}' "$CLAUDE$3"
}
has() { tr -d '\\n' <"$WORK/answer" | grep -Eq "$1"; }

outcome() { # key, further header line or nothing
  STATUS=$(ask "$1" "$2" /v1/messages "{\\"model\\":\\"$MODEL\\",\\"max_tokens\\":1,\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"Hi\\"}]}")
  FAILED=$?
  case $FAILED in
    0) ;;
    35|51|58|59|60|66|77|80|82|83|90|91) echo unclear; return ;;
    *) echo blocked; return ;;
  esac
  case $STATUS in
    2??) if has '"type" *: *"message"'; then echo allowed; else echo unclear; fi ;;
    ${refused.status}) if has '"error_code" *: *"${refused.code}"'; then echo refused; else echo unclear; fi ;;
    ${wrong.status}) if has '"message" *: *"${wrong.duplicate}'; then echo sent_twice; elif has '"message" *: *"${wrong.malformed}'; then echo malformed; else echo unclear; fi ;;
    401) echo key_refused ;;
    *) echo unclear ;;
  esac
}

ask "$BYLAW_PROBE_KEY" '' '/v1/models?limit=1' '' >/dev/null
# Who vouches for the host, as curl says it. A gateway that inspects TLS does so itself.
HOST=$(printf '%s' "$CLAUDE" | sed 's,^[a-z]*://,,; s,[:/].*,,')
DN=$(sed -n 's/^\\* *issuer: *//p' "$WORK/said" | tail -n 1)
ISSUER=$(printf '%s' "$DN" | sed -n 's/^\\(.*[;,] *\\)\\{0,1\\}O=\\([^;,]*\\).*/\\2/p')
if [ -z "$ISSUER" ]; then ISSUER=$(printf '%s' "$DN" | sed -n 's/^\\(.*[;,] *\\)\\{0,1\\}CN=\\([^;,]*\\).*/\\2/p'); fi
ISSUER=$(printf '%s' "$ISSUER" | cut -c1-200)
MODEL=$(tr -d '\\n' <"$WORK/answer" | sed -n 's/.*"id" *: *"\\([A-Za-z0-9._-]*\\)".*/\\1/p' | head -n 1)
MODEL=\${MODEL:-claude}
OWN=$(outcome "$BYLAW_PROBE_KEY" '')
OTHER=
if [ -n "\${BYLAW_PROBE_OTHER_KEY:-}" ]; then OTHER=$(outcome "$BYLAW_PROBE_OTHER_KEY" ''); fi
VALUE=$(outcome "$BYLAW_PROBE_KEY" ${shellText(`${restriction.header}: ${restriction.foreign}`)})
echo "Our organization: $OWN"
echo "Another organization: \${OTHER:-not tried}"
echo "A header of the program's own: $VALUE"
if [ -n "$ISSUER" ]; then
  echo "$HOST: its certificate is from $ISSUER. Where that is no public authority, TLS is inspected, and whoever does it can read what is sent to Claude."
fi
ELSEWHERE=
if [ -n "$ECHO" ]; then
  MARK=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \\n')
  : >"$WORK/answer"
  STATUS=$(curl --silent --max-time 20 --max-filesize 64000 --header "x-bylaw-probe: $MARK" --header 'accept: application/json, text/plain' --output "$WORK/answer" --write-out '%{http_code}' "$ECHO")
  case $STATUS in
    2??)
      # A host that does not repeat the mark does not repeat headers.
      if grep -q "$MARK" "$WORK/answer"; then
        if grep -qi ${shellText(restriction.header)} "$WORK/answer"; then ELSEWHERE=true; else ELSEWHERE=false; fi
      fi ;;
  esac
  case $ELSEWHERE in
    true) echo "$ECHO got the header meant for Claude: what sends it names your organization to other hosts. Limit it to Claude's hosts." ;;
    false) echo "$ECHO got no header of Claude's, as it should be." ;;
    *) echo "$ECHO did not repeat the headers that it got, so this shows nothing of other hosts." ;;
  esac
fi

if [ -n "\${BYLAW_TOKEN:-}" ]; then
  if [ -n "$OTHER" ]; then OTHER_JSON="\\"$OTHER\\""; else OTHER_JSON=null; fi
  RESULT=$(printf '"place":"%s","own":"%s","otherKey":%s,"otherValue":"%s"' "$(quoted "$PLACE")" "$OWN" "$OTHER_JSON" "$VALUE")
  if [ -n "$ELSEWHERE" ]; then RESULT="$RESULT,\\"headerElsewhere\\":$ELSEWHERE"; fi
  if [ -n "$ISSUER" ]; then
    RESULT="$RESULT,\\"certificates\\":[{\\"host\\":\\"$(quoted "$HOST")\\",\\"issuer\\":\\"$(quoted "$ISSUER")\\",\\"isPublic\\":null}]"
  fi
  SIGNED=
  if [ -f "$DEVICE/key.pem" ] && [ -f "$DEVICE/id" ]; then
    case $(ls -ld "$DEVICE/key.pem") in
      -rw-------*|-r--------*) ;;
      *) echo "Others on this device can read $DEVICE/key.pem, so what it signs shows nothing. Revoke the device in Bylaw, delete the file and enroll the device again." >&2; exit 2 ;;
    esac
    ID=$(tr -d '\\n' <"$DEVICE/id")
    printf '{"device":"%s","at":"%s","nonce":"%s",%s}' "$ID" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(openssl rand -hex 16)" "$RESULT" >"$WORK/statement"
    openssl dgst -sha256 -sign "$DEVICE/key.pem" -out "$WORK/signature" "$WORK/statement" || exit 2
    STATUS=$(send "devices/$ID/tests" "{\\"statement\\":\\"$(openssl base64 -A -in "$WORK/statement")\\",\\"signature\\":\\"$(openssl base64 -A -in "$WORK/signature")\\"}")
    SIGNED=', signed by this device'
  else
    STATUS=$(send probes "{$RESULT}")
  fi
  if tr -d '\\n' <"$WORK/answer" | grep -Eq '"headerHere" *: *true'; then
    echo 'The header also reached Bylaw: whatever adds it also sends it to hosts that are not those of Claude.'
  fi
  case $STATUS in
    2??) echo "Recorded for $CLIENT$SIGNED." ;;
    *) echo "It was not recorded: $SERVER answered $STATUS." >&2; exit 2 ;;
  esac
else
  echo 'Not recorded: BYLAW_TOKEN is empty.'
fi

case "$OWN $OTHER $VALUE" in
  'allowed refused allowed') exit 0 ;;
  *sent_twice*|*malformed*) exit 1 ;;
esac
if [ "$OTHER" = allowed ] || [ "$OWN" = refused ] || { [ "$OWN" = allowed ] && [ "$VALUE" = refused ]; }; then exit 1; fi
exit 2
`;
}
