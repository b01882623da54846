import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queries } from '../../api.ts';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { together } from '../../ui/templates/load.ts';
import { useTitle } from '../../ui/templates/title.ts';
import { toast } from '../../ui/toast.tsx';
import { Brand } from '../start/start-frame.tsx';
import { CodeForm } from './code-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { problemWords } from './problems.ts';
import { signInRoute } from './routes.tsx';
import classes from './sign-in.module.css';
import { WaysIn } from './ways-in.tsx';

/** Password, passkey or provider; then the second factor if there is one. */
export function SignInPage() {
  useTitle('Sign in');
  const { next, problem } = signInRoute.useSearch();
  const router = useRouter();
  const [step, setStep] = useState<string | null>(null);
  const state = useQuery(api.start.state.queryOptions({ input: {} }));
  const ways = useQuery(api.signIn.providers.queryOptions({ input: {} }));
  const load = together({ state: state, ways: ways });
  const words = problemWords(problem);
  const page = localPage(next);
  const enter = (recoveryCodesLeft: number | null = null) => {
    queries.clear();
    if (recoveryCodesLeft !== null)
      toast({
        kind: 'done',
        text: `That recovery code cannot be used again. Recovery codes left: ${recoveryCodesLeft}. Create new ones under My account.`,
      });
    router.history.push(page);
  };
  const name = state.data?.workspace;
  return (
    <main id="main" className={classes.root}>
      <Brand />
      <div className={classes.card}>
        <h1 tabIndex={-1}>
          {step !== null
            ? 'One more step'
            : name == null || name === 'Bylaw'
              ? 'Sign in'
              : `Sign in to ${name}`}
        </h1>
        <LoadFailed load={load} what="The ways to sign in could not be loaded." />
        {words === null || step !== null ? null : <Notice mark="cannot_read">{words}</Notice>}
        {state.data?.needsOwner ? (
          <Notice>
            This console has no owner yet. The first owner is created with the one-time link printed where
            Bylaw was started.
          </Notice>
        ) : load.data === undefined ? null : step !== null ? (
          <CodeForm step={step} onSignedIn={enter} onBack={() => setStep(null)} />
        ) : (
          <>
            <PasswordForm onSignedIn={() => enter()} onCode={setStep} />
            <WaysIn ways={load.data.ways} next={page} onSignedIn={() => enter()} />
          </>
        )}
      </div>
      {state.data?.needsOwner ? (
        <p className={classes.foot}>
          <Link to={'/start' as string}>First start</Link>
        </p>
      ) : (
        <p className={classes.foot}>
          Can’t sign in? An Owner of this console can invite you or create a password reset link for you.
        </p>
      )}
    </main>
  );
}

/** The requested page, if it is on this origin; this prevents open redirects. */
function localPage(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/') || !URL.canParse(next, location.origin)) return '/';
  const url = new URL(next, location.origin);
  return url.origin === location.origin ? `${url.pathname}${url.search}${url.hash}` : '/';
}
