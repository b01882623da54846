import { comments, type MakerInput } from './maker.ts';

/** Escapes a text for single quotes in PowerShell. */
const powershellText = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Byte order mark: without it, Windows PowerShell 5.1 reads a script in the machine's code page instead of UTF-8. */
const MARK = '\uFEFF';

/** The device test as a script for Windows PowerShell 5.1 and PowerShell 7. */
export function powershell(input: MakerInput): string {
  const { restriction, report } = input;
  const { refused, wrong } = restriction;
  return `${MARK}${comments(input)}# Tries from this device whether the network refuses other Claude organizations. Exit 0: it does; 1: it does not; 2: too little
# was shown. Keys go to Claude alone. After -Enroll NAME the device signs its results with a key of its own. With -Echo ADDRESS
# it also asks a host that repeats the headers of a request whether the header meant for Claude came to it.
param([string]$Place, [string]$Enroll, [string]$Echo)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
$Server = if ($env:BYLAW_SERVER) { $env:BYLAW_SERVER } else { ${powershellText(report.server)} }
$Client = if ($env:BYLAW_CLIENT) { $env:BYLAW_CLIENT } else { ${powershellText(report.client)} }
$Claude = if ($env:BYLAW_ANTHROPIC_URL) { $env:BYLAW_ANTHROPIC_URL } else { 'https://api.anthropic.com' }
# No redirect is followed: PowerShell would send keys along. From version 7.4 on, TimeoutSec ends with the headers.
$Limits = @{ UseBasicParsing = $true; TimeoutSec = 20; MaximumRedirection = 0 }
if ((Get-Command Invoke-WebRequest).Parameters.ContainsKey('OperationTimeoutSeconds')) { $Limits.OperationTimeoutSeconds = 20 }
# The device's id here, and the name of its key.
$IdFile = Join-Path $env:LOCALAPPDATA "Bylaw\\$Client.id"
$DeviceId, $KeyName = if (Test-Path $IdFile) { Get-Content $IdFile -TotalCount 2 }

function Send-Bylaw([string]$Path, [hashtable]$Body) {
  $bytes = [Text.Encoding]::UTF8.GetBytes(($Body | ConvertTo-Json -Depth 4 -Compress))
  $uri = "$Server/api/v1/clients/$Client/network/$Path"
  # Bylaw evaluates what it records, which takes a busy server a while.
  $patient = $Limits.Clone()
  $patient.TimeoutSec = 60
  (Invoke-WebRequest @patient -Method Post -ContentType 'application/json; charset=utf-8' -Uri $uri -Headers @{ authorization = "Bearer $env:BYLAW_TOKEN" } -Body $bytes).Content | ConvertFrom-Json
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
  try { $device = Send-Bylaw 'devices' @{ name = $Enroll; publicKey = [Convert]::ToBase64String([byte[]]$public) }; if (-not $device.id) { throw 'The answer cannot be read.' } }
  catch { $key.Delete(); [Console]::Error.WriteLine("It was not enrolled: $($_.Exception.Message)"); exit 2 }
  New-Item -ItemType Directory -Force -Path (Split-Path $IdFile) | Out-Null
  Set-Content -Path $IdFile -Value $device.id, $KeyName -Encoding ASCII
  if ($before -and [Security.Cryptography.CngKey]::Exists($before)) { [Security.Cryptography.CngKey]::Open($before).Delete() }
  Write-Output 'Enrolled. Tests from here are signed by this device.'
  exit 0
}
if (-not $Place) { [Console]::Error.WriteLine('Say on which network and device: -Place "Head office, managed laptop"'); exit 2 }
if ($Echo -and $Echo -notmatch '^https?://') { [Console]::Error.WriteLine('Give -Echo an address that begins with https:// or http://.'); exit 2 }
if (-not $env:BYLAW_PROBE_KEY) { [Console]::Error.WriteLine('Put an API key of your organization into BYLAW_PROBE_KEY.'); exit 2 }

function Get-Answer([string]$Key, [hashtable]$More, [string]$Path, [string]$Body) {
  $headers = @{ 'x-api-key' = $Key; 'anthropic-version' = '2023-06-01' } + $More
  $given = @{ Uri = "$Claude$Path"; Headers = $headers }
  if ($Body) { $given.Method = 'Post'; $given.ContentType = 'application/json'; $given.Body = $Body }
  try {
    $answer = Invoke-WebRequest @Limits @given
    return @{ Status = [int]$answer.StatusCode; Text = [string]$answer.Content }
  } catch {
    if ("$($_.FullyQualifiedErrorId)" -match 'Redirect') { return @{ Status = 302; Text = '' } }
    $response = $_.Exception.Response
    if ($null -eq $response) {
      $certificate = "$($_.Exception.Status) $($_.Exception)" -cmatch 'TrustFailure|SecureChannelFailure|[Cc]ertificate|SSL|TLS'
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

# Who vouches for the host, where this PowerShell shows it. A gateway that inspects TLS does so itself.
$issuer = $null
$certificate = [Net.ServicePointManager]::FindServicePoint([Uri]$Claude).Certificate
if ($certificate -and $certificate.Issuer -match '(?:^|, )O=("[^"]+"|[^,]+)') { $issuer = $Matches[1].Trim('"') }
elseif ($certificate -and $certificate.Issuer -match '(?:^|, )CN=("[^"]+"|[^,]+)') { $issuer = $Matches[1].Trim('"') }
if ($issuer) {
  if ($issuer.Length -gt 200) { $issuer = $issuer.Substring(0, 200) }
  Write-Output "$(([Uri]$Claude).Host): its certificate is from $issuer. Where that is no public authority, TLS is inspected, and whoever does it can read what is sent to Claude."
}
$elsewhere = $null
if ($Echo) {
  $mark = [Guid]::NewGuid().ToString('N')
  try {
    $repeated = [string](Invoke-WebRequest @Limits -Uri $Echo -Headers @{ 'x-bylaw-probe' = $mark }).Content
    # A host that does not repeat the mark does not repeat headers.
    if ($repeated.Contains($mark)) { $elsewhere = $repeated.ToLowerInvariant().Contains(${powershellText(restriction.header)}) }
  } catch { }
  if ($null -eq $elsewhere) { Write-Output "$Echo did not repeat the headers that it got, so this shows nothing of other hosts." }
  elseif ($elsewhere) { Write-Output "$Echo got the header meant for Claude: what sends it names your organization to other hosts. Limit it to Claude's hosts." }
  else { Write-Output "$Echo got no header of Claude's, as it should be." }
}

if ($env:BYLAW_TOKEN) {
  $result = @{ place = $Place; own = $own; otherKey = $other; otherValue = $value }
  if ($null -ne $elsewhere) { $result.headerElsewhere = $elsewhere }
  if ($issuer) { $result.certificates = @(@{ host = ([Uri]$Claude).Host; issuer = $issuer; isPublic = $null }) }
  try {
    $signed = ''
    if ($DeviceId) {
      if (-not $KeyName -or -not [Security.Cryptography.CngKey]::Exists($KeyName)) { throw 'The key of this device is gone. Enroll it again.' }
      $said = $result + @{ device = $DeviceId; at = [DateTime]::UtcNow.ToString("yyyy-MM-dd'T'HH':'mm':'ss'Z'", [Globalization.CultureInfo]::InvariantCulture); nonce = [Guid]::NewGuid().ToString('N') }
      $bytes = [Text.Encoding]::UTF8.GetBytes(($said | ConvertTo-Json -Depth 4 -Compress))
      $hash = [Security.Cryptography.SHA256]::Create().ComputeHash($bytes)
      $ecdsa = New-Object Security.Cryptography.ECDsaCng([Security.Cryptography.CngKey]::Open($KeyName))
      $sent = @{ statement = [Convert]::ToBase64String($bytes); signature = [Convert]::ToBase64String($ecdsa.SignHash($hash)) }
      $recorded = Send-Bylaw "devices/$DeviceId/tests" $sent
      $signed = ', signed by this device'
    } else {
      $recorded = Send-Bylaw 'probes' $result
    }
    if ($recorded.headerHere) { Write-Output 'The header also reached Bylaw: whatever adds it also sends it to hosts that are not those of Claude.' }
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
