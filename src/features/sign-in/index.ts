export { authenticate } from './authenticate.ts';
export { SESSION_COOKIE, setCookie } from './cookies.ts';
export { countGuess, worthRecording } from './limits.ts';
export { ourOrigins } from './origin.ts';
export { addResetLink, RESET_HOURS, resetAddress } from './reset.ts';
export { secondFactorRoles } from './second-factor.ts';
export { newRecoveryCodes, newTotpSecret, totpAddress, totpStep } from './totp.ts';
export { passkeyHostOf, passkeySignInOptions, verifyPasskey } from './with-passkey.ts';
