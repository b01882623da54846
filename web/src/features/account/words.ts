const METHODS: Readonly<Record<string, string>> = {
  password: 'password',
  'password+totp': 'password and app',
  'password+recovery': 'password and recovery code',
  passkey: 'passkey',
  oidc: 'sign-in provider',
};

/** How a session was opened, in words; what this version does not know is said as it is stored. */
export function methodWords(method: string): string {
  return METHODS[method] ?? method;
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** A browser as people call it: "Firefox on Windows". A user agent can claim anything, so it is a hint, no proof. */
export function browserWords(userAgent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser === undefined) return userAgent === '' ? 'Unnamed program' : userAgent.slice(0, 60);
  return system === undefined ? browser : `${browser} on ${system}`;
}
