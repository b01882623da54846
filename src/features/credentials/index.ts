export { beginGrant, begunGrant, redeemGrant } from './code-grant.ts';
export { type Identity, identityFrom, issuerProblem } from './identity.ts';
export { passwordProblem } from './password-rules.ts';
export { hashPassword, passwordMatches } from './passwords.ts';
export { discover, type ProviderSettings, redirectUri, settingsOf } from './provider.ts';
