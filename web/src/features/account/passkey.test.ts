import { afterEach, expect, test, vi } from 'vitest';
import { makePasskey, usePasskeyOf } from './passkey.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser whose device can neither create a passkey that verifies a person nor use one. */
function browserWithout(): void {
  const refuse = () => Promise.reject(new DOMException('No user verification.', 'NotSupportedError'));
  vi.stubGlobal('PublicKeyCredential', class {});
  vi.stubGlobal('navigator', { credentials: { get: refuse, create: refuse } });
}

const CHALLENGE = { challenge: 'AAAA' };

test('whoever wants to use a passkey is not told about creating one', async () => {
  browserWithout();
  const using = await usePasskeyOf(CHALLENGE).catch((error: unknown) => String(error));
  const creating = await makePasskey({
    ...CHALLENGE,
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    user: { id: 'AAAA', name: 'dana', displayName: 'Dana' },
  } as never).catch((error: unknown) => String(error));
  expect(using).not.toBe(creating);
  expect(using).not.toMatch(/create|could not use a passkey here/u);
  expect(creating).toMatch(/create/u);
});
