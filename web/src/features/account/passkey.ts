import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { client } from '../../api.ts';
import { PartMissing } from '../../lazy-page.ts';

type Options = { challenge: string };
type Registration = Parameters<typeof client.account.addPasskey>[0]['answer'];
type Assertion = Parameters<typeof client.signIn.passkey>[0]['answer'];

/*
 * Browser and server exchange the JSON form of WebAuthn unchanged. The contract types only the fields that it checks,
 * so the casts between both types are made here and nowhere else.
 */

/** Every page can ask for a passkey, but few do, so the library is loaded on first use. */
function library() {
  return import('@simplewebauthn/browser').catch((cause: unknown) => {
    throw new PartMissing('Part of the console could not be loaded. Reload the page.', { cause });
  });
}

/** Asks the browser to create a passkey. If it does not, throws an error with a sentence for the person. */
export async function makePasskey(options: Options): Promise<Registration> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const { startRegistration } = await library();
  return (await startRegistration({ optionsJSON }).catch((error) =>
    asSentence(error, 'create'),
  )) as unknown as Registration;
}

/** Asks the browser for a passkey of this console. If there is none, throws an error with a sentence for the person. */
export async function usePasskeyOf(options: Options): Promise<Assertion> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const { startAuthentication } = await library();
  return (await startAuthentication({ optionsJSON }).catch((error) =>
    asSentence(error, 'use'),
  )) as unknown as Assertion;
}

function asSentence(error: unknown, wanted: 'create' | 'use'): never {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'AbortError':
      throw new Error(
        'The browser did not get a passkey: the request was canceled or took too long. Try again.',
      );
    case 'InvalidStateError':
      throw new Error('This device already has a passkey for your account.');
    case 'NotSupportedError':
      throw new Error(
        wanted === 'create'
          ? 'This device cannot create passkeys that verify you. Use another device, or an authenticator app.'
          : 'This device has no passkeys that verify you. Use another device, or your password.',
      );
    default:
      throw new Error(
        'The browser could not use a passkey here. Try another browser, or sign in another way.',
      );
  }
}
