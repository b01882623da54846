import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { meQuery } from '../../shell/frame-source.ts';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { useTitle } from '../../ui/templates/title.ts';
import { OwnerForm } from './owner-form.tsx';
import { Secure } from './secure.tsx';
import { StartFrame } from './start-frame.tsx';

/** First step of the first run: the owner, and then a second factor. */
export function StartPage() {
  useTitle('First start');
  const navigate = useNavigate();
  const [token] = useState(() => location.hash.slice(1));
  const state = useQuery(api.start.state.queryOptions({ input: {} }));
  const hasOwner = state.data?.needsOwner === false;
  const me = useQuery({ ...meQuery, enabled: hasOwner, retry: false });
  if (state.data === undefined)
    return (
      <StartFrame current={0} title="You" lead="The first person is the owner of everything here.">
        <LoadFailed load={state} what="Bylaw could not check whether it has an owner." />
      </StartFrame>
    );
  if (hasOwner && me.data !== undefined)
    return (
      <StartFrame
        current={0}
        who={me.data.name}
        title="Secure your account"
        lead="A password can be guessed or given away. A second factor still keeps others out."
      >
        <Secure me={me.data} onNext={() => void navigate({ to: '/start/client' })} />
      </StartFrame>
    );
  if (hasOwner)
    return (
      <StartFrame current={0} title="An owner already exists" lead="This step is done. Sign in to continue.">
        {me.error === null ? null : (
          <p>
            <Link to={'/sign-in' as string}>Sign in</Link>
          </p>
        )}
      </StartFrame>
    );
  return (
    <StartFrame
      current={0}
      title="Who are you?"
      lead="The first person is the owner, who controls every client and who else gets access."
    >
      {token === '' ? (
        <Notice>
          The first owner is created with a one-time link. It is printed where Bylaw was started; open that
          link.
        </Notice>
      ) : (
        <OwnerForm token={token} onMade={() => void state.refetch()} />
      )}
    </StartFrame>
  );
}
