import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate } from '@tanstack/react-router';
import { meQuery } from '../../shell/frame-source.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { useTitle } from '../../ui/templates/title.ts';
import type { Me } from '../account/me.ts';
import { NewClientForm } from '../clients/new-client-form.tsx';
import { OpenSandbox } from '../clients/open-sandbox.tsx';
import classes from './start.module.css';
import { StartFrame } from './start-frame.tsx';

/** Second step of the first run: adds a real client, or the fictional association. */
export function FirstClientPage() {
  useTitle('First client');
  const navigate = useNavigate();
  const me = useQuery(meQuery);
  if (me.data === undefined && me.error !== null && explainError(me.error).code === 'UNAUTHORIZED')
    return <Navigate to="/sign-in" search={{ next: '/start/client' }} replace />;
  return (
    <StartFrame
      current={1}
      {...(me.data === undefined ? {} : { who: whoWords(me.data) })}
      title="Who will you govern first?"
      lead="Add an association and start from its own files, or look around with made-up data."
    >
      {me.data === undefined ? (
        <LoadFailed load={me} what="Bylaw could not check who you are." />
      ) : me.data.permissions.includes('clients.create') ? (
        <>
          <Card>
            <div className={classes.intro}>
              <h2>Add a client</h2>
              <p className="muted">Your answers determine which controls apply. You can change them later.</p>
            </div>
            <NewClientForm
              next="Next: import the first files"
              onAdded={(client) => void navigate({ to: '/c/$client/imports', params: { client } })}
            />
          </Card>
          <OpenSandbox onOpened={(client) => void navigate({ to: '/c/$client', params: { client } })} />
        </>
      ) : (
        <Notice>
          Your role does not include adding a client. <Link to="/clients">Go to the clients you have.</Link>
        </Notice>
      )}
    </StartFrame>
  );
}

function whoWords({ name, roles }: Me): string {
  return roles.includes('owner') ? `${name}, owner` : name;
}
