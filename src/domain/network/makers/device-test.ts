import { comments, type Maker, type MakerInput } from './maker.ts';

/** Where the scripts lie on a device, and when they run. */
const UNIX_PATH = '/usr/local/lib/bylaw/claude-network-test.sh';
const WINDOWS_PATH = 'C:\\ProgramData\\Bylaw\\claude-network-test.ps1';

/** `bylaw probe` as scripts for devices without an install, and their timers. Both read answers as `probeOutcome` does. */
export const deviceTest: Maker = {
  sh: shell,
  ps1: powershell,
  cron: (input) =>
    `${comments(input)}# Keys and token: /etc/bylaw/claude-network-test.env, readable by root alone, one NAME=value a line.
17 9 * * 1 root set -a; . /etc/bylaw/claude-network-test.env; sh ${UNIX_PATH} "<network and device>"
`,
  launchd: (input) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${input.about.map((line) => line.replaceAll('--', '- -').replaceAll(/[<>&]/g, ' ')).join('. ')} -->
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
    `${comments(input, 'REM')}REM Keys and token: as environment variables of the account that the task runs as.
schtasks /Create /TN "Bylaw\\Claude network test" /SC WEEKLY /D MON /ST 09:17 /TR "powershell -NoProfile -ExecutionPolicy RemoteSigned -File ${WINDOWS_PATH} -Place \\"<network and device>\\""
`,
};

/** A text inside single quotes of a shell, and of PowerShell. */
const shellText = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const powershellText = (text: string) => `'${text.replaceAll("'", "''")}'`;

function shell(input: MakerInput): string {
  const { restriction, report } = input;
  const { refused, wrong } = restriction;
  return `#!/bin/sh
${comments(input)}# Tries from this device whether the network refuses other Claude organizations. Exit 0: it does; 1: it does not; 2: too little
# was shown. Keys go to Claude alone. After "--enroll NAME" the device signs its results with a key of its own.
set -u
ENROLL=
PLACE=
if [ "\${1:-}" = --enroll ]; then ENROLL=\${2:-}; else PLACE=\${1:-}; fi
SERVER=\${BYLAW_SERVER:-${shellText(report.server)}}
CLIENT=\${BYLAW_CLIENT:-${shellText(report.client)}}
CLAUDE=\${BYLAW_ANTHROPIC_URL:-https://api.anthropic.com}
DEVICE=\${BYLAW_DEVICE:-\${HOME:-/root}/.bylaw-device}/$CLIENT
WORK=$(mktemp -d) || exit 2
trap 'rm -rf "$WORK"' EXIT
umask 077

# A text inside quotes of JSON.
quoted() { printf '%s' "$1" | tr -d '\\000-\\037' | sed 's/\\\\/\\\\\\\\/g; s/"/\\\\"/g'; }
# Keys and tokens are handed to curl in a file, so that no list of processes shows them.
send() { # path, body
  printf '%s' "$2" >"$WORK/body"
  { printf 'header = "authorization: Bearer %s"\\nheader = "content-type: application/json"\\n' "$BYLAW_TOKEN"
    printf 'data-binary = "@%s/body"\\n' "$WORK"
  } >"$WORK/config"
  : >"$WORK/answer"
  curl --silent --max-time 20 --config "$WORK/config" --output "$WORK/answer" --write-out '%{http_code}' "$SERVER/api/v1/clients/$CLIENT/network/$1"
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
  curl --silent --max-time 20 --max-filesize 64000 --config "$WORK/config" --output "$WORK/answer" --write-out '%{http_code}' "$CLAUDE$3"
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
MODEL=$(tr -d '\\n' <"$WORK/answer" | sed -n 's/.*"id" *: *"\\([A-Za-z0-9._-]*\\)".*/\\1/p' | head -n 1)
MODEL=\${MODEL:-claude}
OWN=$(outcome "$BYLAW_PROBE_KEY" '')
OTHER=
if [ -n "\${BYLAW_PROBE_OTHER_KEY:-}" ]; then OTHER=$(outcome "$BYLAW_PROBE_OTHER_KEY" ''); fi
VALUE=$(outcome "$BYLAW_PROBE_KEY" ${shellText(`${restriction.header}: ${restriction.foreign}`)})
echo "Our organization: $OWN"
echo "Another organization: \${OTHER:-not tried}"
echo "A header of the program's own: $VALUE"

if [ -n "\${BYLAW_TOKEN:-}" ]; then
  if [ -n "$OTHER" ]; then OTHER_JSON="\\"$OTHER\\""; else OTHER_JSON=null; fi
  RESULT=$(printf '"place":"%s","own":"%s","otherKey":%s,"otherValue":"%s"' "$(quoted "$PLACE")" "$OWN" "$OTHER_JSON" "$VALUE")
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
    echo 'The header came to Bylaw too: what sends it does so to hosts that are not those of Claude.'
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

function powershell(input: MakerInput): string {
  const { restriction, report } = input;
  const { refused, wrong } = restriction;
  return `${comments(input)}# Tries from this device whether the network refuses other Claude organizations. Exit 0: it does; 1: it does not; 2: too little
# was shown. Keys go to Claude alone. After -Enroll NAME the device signs its results with a key of its own.
param([string]$Place, [string]$Enroll)
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
$Server = if ($env:BYLAW_SERVER) { $env:BYLAW_SERVER } else { ${powershellText(report.server)} }
$Client = if ($env:BYLAW_CLIENT) { $env:BYLAW_CLIENT } else { ${powershellText(report.client)} }
$Claude = if ($env:BYLAW_ANTHROPIC_URL) { $env:BYLAW_ANTHROPIC_URL } else { 'https://api.anthropic.com' }
# The device's id here, and the name of its key.
$IdFile = Join-Path $env:LOCALAPPDATA "Bylaw\\$Client.id"
$DeviceId, $KeyName = if (Test-Path $IdFile) { Get-Content $IdFile -TotalCount 2 }

function Send-Bylaw([string]$Path, [hashtable]$Body) {
  $bytes = [Text.Encoding]::UTF8.GetBytes(($Body | ConvertTo-Json -Compress))
  $uri = "$Server/api/v1/clients/$Client/network/$Path"
  (Invoke-WebRequest -UseBasicParsing -TimeoutSec 20 -Method Post -ContentType 'application/json; charset=utf-8' -Uri $uri -Headers @{ authorization = "Bearer $env:BYLAW_TOKEN" } -Body $bytes).Content | ConvertFrom-Json
}

if ($Enroll) {
  if (-not $env:BYLAW_TOKEN) { [Console]::Error.WriteLine('Put a token of Bylaw for commands into BYLAW_TOKEN.'); exit 2 }
  # Windows keeps the key for this account and gives it to no one. The one before stays until the new one is taken.
  $before = $KeyName
  $KeyName = "Bylaw network test of $Client, $([Guid]::NewGuid())"
  $key = [Security.Cryptography.CngKey]::Create([Security.Cryptography.CngAlgorithm]::ECDsaP256, $KeyName)
  $point = $key.Export([Security.Cryptography.CngKeyBlobFormat]::EccPublicBlob)
  # How a public key on P-256 begins that is written for others, then the point without the header of Windows.
  $public = [Convert]::FromBase64String('MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE') + $point[8..71]
  try { $device = Send-Bylaw 'devices' @{ name = $Enroll; publicKey = [Convert]::ToBase64String([byte[]]$public) } }
  catch { $key.Delete(); [Console]::Error.WriteLine("It was not enrolled: $($_.Exception.Message)"); exit 2 }
  New-Item -ItemType Directory -Force -Path (Split-Path $IdFile) | Out-Null
  Set-Content -Path $IdFile -Value $device.id, $KeyName -Encoding ASCII
  if ($before -and [Security.Cryptography.CngKey]::Exists($before)) { [Security.Cryptography.CngKey]::Open($before).Delete() }
  Write-Output 'Enrolled. Tests from here are signed by this device.'
  exit 0
}
if (-not $Place) { [Console]::Error.WriteLine('Say on which network and device: -Place "Head office, managed laptop"'); exit 2 }
if (-not $env:BYLAW_PROBE_KEY) { [Console]::Error.WriteLine('Put an API key of your organization into BYLAW_PROBE_KEY.'); exit 2 }

function Get-Answer([string]$Key, [hashtable]$More, [string]$Path, [string]$Body) {
  $headers = @{ 'x-api-key' = $Key; 'anthropic-version' = '2023-06-01' } + $More
  $given = @{ Uri = "$Claude$Path"; Headers = $headers; TimeoutSec = 20; UseBasicParsing = $true }
  if ($Body) { $given.Method = 'Post'; $given.ContentType = 'application/json'; $given.Body = $Body }
  try {
    $answer = Invoke-WebRequest @given
    return @{ Status = [int]$answer.StatusCode; Text = [string]$answer.Content }
  } catch {
    $response = $_.Exception.Response
    if ($null -eq $response) {
      $certificate = "$($_.Exception) $($_.Exception.InnerException)" -match 'TrustFailure|certificate|SSL|TLS'
      return @{ Status = 0; Certificate = $certificate; Text = '' }
    }
    $text = [string]$_.ErrorDetails.Message
    if (-not $text -and $response.PSObject.Methods['GetResponseStream']) {
      $text = (New-Object IO.StreamReader($response.GetResponseStream())).ReadToEnd()
    }
    return @{ Status = [int]$response.StatusCode; Text = $text }
  }
}

function Get-Outcome([string]$Key, [hashtable]$More) {
  $body = @{ model = $Model; max_tokens = 1; messages = @(@{ role = 'user'; content = 'Hi' }) } | ConvertTo-Json -Depth 4 -Compress
  $answer = Get-Answer $Key $More '/v1/messages' $body
  if ($answer.Status -eq 0) { if ($answer.Certificate) { return 'unclear' } else { return 'blocked' } }
  $said = $null
  try { $said = $answer.Text | ConvertFrom-Json } catch { }
  if ($answer.Status -ge 200 -and $answer.Status -lt 300) { if ($said.type -eq 'message') { return 'allowed' } else { return 'unclear' } }
  if ($answer.Status -eq ${refused.status} -and $said.error.error_code -eq ${powershellText(refused.code)}) { return 'refused' }
  if ($answer.Status -eq ${wrong.status} -and "$($said.error.message)".StartsWith(${powershellText(wrong.duplicate)})) { return 'sent_twice' }
  if ($answer.Status -eq ${wrong.status} -and "$($said.error.message)".StartsWith(${powershellText(wrong.malformed)})) { return 'malformed' }
  if ($answer.Status -eq 401) { return 'key_refused' }
  return 'unclear'
}

$Model = 'claude'
try {
  $found = ((Get-Answer $env:BYLAW_PROBE_KEY @{} '/v1/models?limit=1' '').Text | ConvertFrom-Json).data[0].id
  if ($found) { $Model = $found }
} catch { }
$own = Get-Outcome $env:BYLAW_PROBE_KEY @{}
$other = $null
if ($env:BYLAW_PROBE_OTHER_KEY) { $other = Get-Outcome $env:BYLAW_PROBE_OTHER_KEY @{} }
$value = Get-Outcome $env:BYLAW_PROBE_KEY @{ ${powershellText(restriction.header)} = ${powershellText(restriction.foreign)} }
Write-Output "Our organization: $own"
Write-Output "Another organization: $(if ($other) { $other } else { 'not tried' })"
Write-Output "A header of the program's own: $value"

if ($env:BYLAW_TOKEN) {
  $result = @{ place = $Place; own = $own; otherKey = $other; otherValue = $value }
  try {
    $signed = ''
    if ($DeviceId) {
      if (-not $KeyName -or -not [Security.Cryptography.CngKey]::Exists($KeyName)) { throw 'The key of this device is gone. Enroll it again.' }
      $said = $result + @{ device = $DeviceId; at = [DateTime]::UtcNow.ToString("yyyy-MM-dd'T'HH':'mm':'ss'Z'", [Globalization.CultureInfo]::InvariantCulture); nonce = [Guid]::NewGuid().ToString('N') }
      $bytes = [Text.Encoding]::UTF8.GetBytes(($said | ConvertTo-Json -Compress))
      $hash = [Security.Cryptography.SHA256]::Create().ComputeHash($bytes)
      $ecdsa = New-Object Security.Cryptography.ECDsaCng([Security.Cryptography.CngKey]::Open($KeyName))
      $sent = @{ statement = [Convert]::ToBase64String($bytes); signature = [Convert]::ToBase64String($ecdsa.SignHash($hash)) }
      $recorded = Send-Bylaw "devices/$DeviceId/tests" $sent
      $signed = ', signed by this device'
    } else {
      $recorded = Send-Bylaw 'probes' $result
    }
    if ($recorded.headerHere) { Write-Output 'The header came to Bylaw too: what sends it does so to hosts that are not those of Claude.' }
    Write-Output "Recorded for $Client$signed."
  } catch {
    [Console]::Error.WriteLine("It was not recorded: $($_.Exception.Message)")
    exit 2
  }
} else {
  Write-Output 'Not recorded: BYLAW_TOKEN is empty.'
}

if ($own -eq 'allowed' -and $other -eq 'refused' -and $value -eq 'allowed') { exit 0 }
$all = @($own, $other, $value)
if ($other -eq 'allowed' -or $all -contains 'sent_twice' -or $all -contains 'malformed' -or $own -eq 'refused' -or ($own -eq 'allowed' -and $value -eq 'refused')) { exit 1 }
exit 2
`;
}
