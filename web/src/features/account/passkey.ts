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
 * Between browser and server goes the JSON form of WebAuthn as it is. The contract describes of it only what it checks,
 * so the types of both sides are told here, once, that they speak of the same thing.
 */

/** Every page can ask for a passkey, and few do: what speaks with the browser is loaded with the first. */
function library() {
  return import('@simplewebauthn/browser').catch((cause: unknown) => {
    throw new PartMissing('Part of the console could not be loaded. Reload the page.', { cause });
  });
}

/** Asks the browser to make a passkey. Throws a sentence where it does not. */
export async function makePasskey(options: Options): Promise<Registration> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const { startRegistration } = await library();
  return (await startRegistration({ optionsJSON }).catch(asSentence)) as unknown as Registration;
}

/** Asks the browser for a passkey that was made for this console. Throws a sentence where there is none. */
export async function usePasskeyOf(options: Options): Promise<Assertion> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const { startAuthentication } = await library();
  return (await startAuthentication({ optionsJSON }).catch(asSentence)) as unknown as Assertion;
}

function asSentence(error: unknown): never {
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
        'This device cannot make passkeys that verify it is you. Use another device, or an authenticator app.',
      );
    default:
      throw new Error(
        'The browser could not use a passkey here. Try another browser, or sign in another way.',
      );
  }
}
