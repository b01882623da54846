import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, queries } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useTitle } from '../../ui/templates/title.ts';
import { When } from '../../ui/when.tsx';
import { passwordRule } from '../account/password-rule.ts';
import { Brand } from '../start/start-frame.tsx';
import classes from './access.module.css';
import { inviteRoute } from './routes.tsx';

/** The page behind an invitation link: who invites, to what, and how to accept. */
export function InvitePage() {
  useTitle('Invitation');
  const { token } = inviteRoute.useParams();
  const load = useQuery(
    api.access.invitations.preview.queryOptions({ input: { token }, staleTime: Number.POSITIVE_INFINITY }),
  );
  const invitation = load.data;
  return (
    <main id="main" className={classes.public}>
      <Brand />
      {invitation === undefined ? (
        load.error === null ? null : (
          <>
            <h1>Invitation</h1>
            <ErrorState what="This link does not work." error={load.error} />
          </>
        )
      ) : (
        <>
          <h1>
            {invitation.invitedBy} invites you
            {invitation.workspace === null ? '' : ` to ${invitation.workspace}`}
          </h1>
          <div>
            <p>You will be:</p>
            <ul>
              {invitation.to.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <p className="muted">
              For {invitation.email}. The link works once, until <When at={invitation.expiresAt} inline />.
            </p>
          </div>
          <NewAccount token={token} email={invitation.email} name={invitation.name} />
          <Existing token={token} />
        </>
      )}
    </main>
  );
}

function NewAccount({ token, email, name }: { token: string; email: string; name: string }) {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string | null>(null);
  const fields = useFields(
    { name, password: '' },
    { name: needed('Enter your name as colleagues know it.'), password: passwordRule },
  );
  const accept = useMutation(
    api.access.invitations.accept.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/sign-in' });
        done('Your account is ready. Sign in with your new password.');
      },
      onError: (error) => setFailure(explainError(error).text),
    }),
  );
  return (
    <Card title="Accept with a new account">
      <Stack
        noValidate
        as="form"
        onSubmit={(event) => {
          event.preventDefault();
          setFailure(null);
          if (fields.check()) accept.mutate({ token, ...fields.values });
        }}
      >
        <TextInput label="Your name" autoComplete="name" {...fields.text('name')} />
        <TextInput label="Email address" value={email} readOnly autoComplete="username" />
        <PasswordInput
          label="Password"
          description="At least 12 characters. A few words in a row are easy to remember."
          autoComplete="new-password"
          {...fields.text('password')}
        />
        <p role="alert" className="late">
          {failure}
        </p>
        <Row>
          <Button type="submit" variant="filled" loading={accept.isPending}>
            Accept
          </Button>
          <span className="muted">Next: sign in with this password</span>
        </Row>
      </Stack>
    </Card>
  );
}

function Existing({ token }: { token: string }) {
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string | null>(null);
  const accept = useMutation(
    api.access.invitations.acceptSignedIn.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries();
        await navigate({ to: '/' });
      },
      onError: (error) => {
        const { text, status } = explainError(error);
        setFailure(status === 401 ? 'You are not signed in.' : text);
      },
    }),
  );
  return (
    <Card title="Accept with your existing account">
      <Stack>
        <p className="muted">
          <Link to="/sign-in" search={{ next: `/invite/${token}` }}>
            Sign in
          </Link>{' '}
          with this email address or with your work account, if you have not yet. You come back to this page.
        </p>
        <p role="alert" className="late">
          {failure}
        </p>
        <Row>
          <Button loading={accept.isPending} onClick={() => accept.mutate({ token })}>
            Accept with this account
          </Button>
        </Row>
      </Stack>
    </Card>
  );
}
