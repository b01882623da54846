import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SIGN_IN_WORDS } from '../../../../src/domain/access/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { Facts } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import { PasswordLink } from '../sign-in/password-link.tsx';
import classes from './access.module.css';
import { GiveDialog } from './give-dialog.tsx';
import { Rights } from './rights.tsx';
import type { User } from './users-tab.tsx';
import { factorWord, grantText, linksWords, ROLE_WORDS } from './words.ts';

const PROVEN_WORDS = {
  mail: 'By email',
  provider: 'By a sign-in provider',
  machine: 'On the server’s terminal',
  owner: 'Confirmed by an Owner',
  earlier: 'Existed before verification was required',
  no: 'Not verified yet: their approvals do not count',
} as const;

type Act = 'give' | 'disable' | 'enable' | 'factor' | 'confirm' | { readonly take: User['grants'][number] };

/** One person: their roles and denials, the resulting permissions and why, and the possible changes. */
export function UserPanel({
  user,
  mayManage,
  onClose,
}: {
  user: User;
  mayManage: boolean;
  onClose: () => void;
}) {
  const [act, setAct] = useState<Act | null>(null);
  const changeable = mayManage && !user.self;
  const close = () => setAct(null);
  return (
    <SidePanel title={user.name} onClose={onClose}>
      <Facts
        facts={[
          ['Email address', user.email],
          ['Signs in with', user.signsInWith.map((way) => SIGN_IN_WORDS[way]).join(', ') || 'Nothing yet'],
          ['Second factor', factorWord(user)],
          ['Verified', PROVEN_WORDS[user.proven ?? 'no']],
          ['Last seen', <When key="seen" at={user.lastSeen} />],
          ['Disabled', <When key="disabled" at={user.disabled} none="No" />],
        ]}
      />
      <h3 className="heading">Roles and denials</h3>
      {user.grants.length === 0 ? (
        <p className="muted">None: this person can open only their own account.</p>
      ) : null}
      <ul className={classes.list}>
        {user.grants.map((grant) => (
          <li key={grant.id}>
            <span className="grow">
              {grantText(grant)}
              <span className={classes.detail}>
                {grant.role === null ? '' : `${ROLE_WORDS[grant.role].may} `}
                {grant.grantedBy === null ? 'Given' : `By ${grant.grantedBy}`}, <When at={grant.at} inline />
              </span>
            </span>
            {changeable ? (
              <Button
                size="xs"
                onClick={() => setAct({ take: grant })}
                aria-label={`${grant.effect === 'deny' ? 'Lift' : 'Remove'}: ${grantText(grant)}`}
              >
                {grant.effect === 'deny' ? 'Lift' : 'Remove'}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {changeable ? (
        <Row>
          <Button variant="filled" onClick={() => setAct('give')}>
            Change access
          </Button>
          {user.disabled === null ? (
            <Button onClick={() => setAct('disable')}>Disable</Button>
          ) : (
            <Button onClick={() => setAct('enable')}>Enable</Button>
          )}
          {user.disabled === null ? <PasswordLink user={user} /> : null}
          {user.proven === null ? (
            <Button onClick={() => setAct('confirm')}>Confirm the person</Button>
          ) : null}
          {user.secondFactor === true ? (
            <Button onClick={() => setAct('factor')}>Remove second factor</Button>
          ) : null}
        </Row>
      ) : null}
      {mayManage && user.self ? <p className="muted">Another Owner has to change your access.</p> : null}
      <WhatTheyMay user={user} />
      <GiveDialog
        opened={act === 'give'}
        onClose={close}
        name={user.name}
        slug={null}
        onGive={({ forClient, ...grant }) => calls.access.grants.give({ user: user.id, forClient, ...grant })}
      />
      <ReasonDialog act={act} user={user} onClose={close} />
    </SidePanel>
  );
}

function WhatTheyMay({ user }: { user: User }) {
  const { clients } = useSession();
  const [slug, setSlug] = useState('');
  const load = useQuery(
    api.access.users.may.queryOptions({
      input: slug === '' ? { user: user.id } : { user: user.id, forClient: slug },
    }),
  );
  return (
    <>
      <h3 className="heading">What {user.name} may do</h3>
      <NativeSelect
        label="Where"
        value={slug}
        onChange={(event) => setSlug(event.currentTarget.value)}
        data={[
          { value: '', label: 'In the workspace' },
          ...clients.map((client) => ({ value: client.slug, label: client.name })),
        ]}
      />
      <Rights load={load} />
    </>
  );
}

function ReasonDialog({ act, user, onClose }: { act: Act | null; user: User; onClose: () => void }) {
  const withProof = useProof();
  const said = act === null || act === 'give' ? null : wording(act, user);
  const fields = useFields(
    { reason: '', endLinks: false },
    {
      reason:
        act === 'factor' || act === 'confirm'
          ? needed('Say why. The reason is recorded in the audit log.')
          : () => null,
    },
  );
  return (
    <FormDialog
      opened={said !== null}
      onClose={onClose}
      title={said?.title ?? ''}
      submit={said?.submit ?? ''}
      final={act !== 'enable' && act !== 'confirm'}
      onSubmit={async () => {
        if (!fields.check() || said === null) return false;
        const { reason, endLinks } = fields.values;
        const also = await withProof(() => said.run(reason, endLinks));
        await done(`${said.done} ${also}`.trim(), api.access.key());
        fields.reset({ reason: '', endLinks: false });
        return true;
      }}
    >
      <p>{said?.text}</p>
      <Textarea label="Reason" description="Recorded in the audit log" autosize {...fields.text('reason')} />
      {act === 'disable' ? (
        <Checkbox
          label="Also end their report links and staff pages"
          description="Anyone with such a link can use it without an account. Their upload links end in any case."
          {...fields.box('endLinks')}
        />
      ) : null}
    </FormDialog>
  );
}

interface Wording {
  readonly title: string;
  readonly text: string;
  readonly submit: string;
  readonly done: string;
  /** Performs the action; resolves to text to show after `done`. */
  readonly run: (reason: string, endLinks: boolean) => Promise<string>;
}

const silent = async (act: Promise<unknown>): Promise<string> => {
  await act;
  return '';
};

function wording(act: Exclude<Act, 'give'>, { id: user, name }: User): Wording {
  const { users, grants } = calls.access;
  if (typeof act === 'object')
    return {
      title: act.take.effect === 'deny' ? `Lift a denial of ${name}` : `Remove a role from ${name}`,
      text: `${grantText(act.take)}. This takes effect with their next click.`,
      submit: act.take.effect === 'deny' ? 'Lift the denial' : 'Remove',
      done: `Removed from ${name}: ${grantText(act.take)}.`,
      run: (reason) => silent(grants.take({ user, grant: act.take.id, reason })),
    };
  switch (act) {
    case 'disable':
      return {
        title: `Disable ${name}`,
        text: 'Their sessions end, and their tokens and upload links stop working immediately. What they did stays on record. You can enable them again later.',
        submit: 'Disable',
        done: `${name} can no longer sign in.`,
        run: async (reason, endLinks) => linksWords((await users.disable({ user, reason, endLinks })).links),
      };
    case 'enable':
      return {
        title: `Enable ${name}`,
        text: 'They can sign in as before, with the roles they have.',
        submit: 'Enable',
        done: `${name} can sign in again.`,
        run: (reason) => silent(users.enable({ user, reason })),
      };
    case 'confirm':
      return {
        title: `Confirm that this is ${name}`,
        text: `Check in person or by phone that only ${name} uses this account. From then on their approvals count, except for anything you took part in.`,
        submit: 'Confirm',
        done: `You confirmed that the account belongs to ${name}.`,
        run: (reason) => silent(users.confirm({ user, reason })),
      };
    case 'factor':
      return {
        title: `Remove the second factor of ${name}`,
        text: 'For a lost device. The authenticator app, recovery codes and passkeys are removed, and every session ends. Check by phone that the request really comes from them.',
        submit: 'Remove second factor',
        done: `${name} has no second factor until they set one up.`,
        run: (reason) => silent(users.removeSecondFactor({ user, reason })),
      };
  }
}
