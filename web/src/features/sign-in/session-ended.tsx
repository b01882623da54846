import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { api, client, queries } from '../../api.ts';
import { Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { CodeForm } from './code-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { WaysIn } from './ways-in.tsx';

interface SessionEndedProps {
  /** Who was signed in when the page was opened. */
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  /** The same person has signed in again. */
  readonly onBack: () => void;
}

/**
 * Covers a page whose session ended: what was typed stays behind it, hidden from view. The same person can continue and
 * resend what was refused; for anyone else the page is reloaded.
 */
export function SessionEnded({ person, onBack }: SessionEndedProps) {
  const [step, setStep] = useState<string | null>(null);
  const explained = useId();
  const ways = useQuery(api.signIn.providers.queryOptions({ input: {} }));
  const enter = async (recoveryCodesLeft: number | null = null) => {
    const me = await client.account.me({});
    if (me.id !== person.id) return location.reload();
    if (recoveryCodesLeft !== null)
      toast({
        kind: 'done',
        text: `That recovery code cannot be used again. Recovery codes left: ${recoveryCodesLeft}. Create new ones under My account.`,
      });
    onBack();
    await queries.invalidateQueries();
  };
  // They may have signed in in another tab, for example at a provider.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void enter().catch(() => undefined);
    };
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  });
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      zIndex={400}
      overlayProps={{ blur: 6 }}
      title="Your session ended"
      aria-describedby={explained}
    >
      <Stack gap="lg">
        <p id={explained}>Sign in again to continue; what you typed is still here.</p>
        <p className="muted">
          You were signed in as {person.name}, {person.email}.
        </p>
        {step !== null ? (
          <CodeForm step={step} onSignedIn={enter} onBack={() => setStep(null)} />
        ) : (
          <>
            <PasswordForm email={person.email} onSignedIn={() => enter()} onCode={setStep} />
            {ways.data === undefined ? null : (
              <WaysIn ways={ways.data} next="/" newTab onSignedIn={() => enter()} />
            )}
            <LoadFailed load={ways} what="The other ways to sign in could not be loaded." />
          </>
        )}
        <p>
          <a href="/sign-in">Go to the sign-in page instead</a>
          <span className="muted">; what you typed will be lost.</span>
        </p>
      </Stack>
    </Modal>
  );
}
