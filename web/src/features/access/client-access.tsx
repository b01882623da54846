import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import classes from './access.module.css';
import { GiveDialog } from './give-dialog.tsx';
import { InvitationActions, STATE_WORDS } from './invitation-actions.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { Rights } from './rights.tsx';
import { grantText } from './words.ts';

type Holder = Awaited<ReturnType<typeof calls.access.client.list>>['items'][number];
type Act =
  | { readonly kind: 'give' | 'may'; readonly row: Holder }
  | { readonly kind: 'take'; readonly row: Holder; readonly grant: Holder['grants'][number] };

/** Who has access to the current client, for its settings page. Renders nothing without permission to see it. */
export function ClientAccess() {
  const may = useMay('access.read');
  return may ? <AccessCard /> : null;
}

function AccessCard() {
  const { slug } = useClientHere();
  const mayGive = useMay('access.grant');
  const load = useQuery(api.access.client.list.queryOptions({ input: { client: slug } }));
  const [inviting, setInviting] = useState(false);
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  return (
    <Card
      title="Who has access"
      aside={
        <Row>
          <ExportMenu
            onExport={(format) => fetchFile(routes.access.client.export, { client: slug, format })}
          />
          {mayGive ? <Button onClick={() => setInviting(true)}>Invite a person</Button> : null}
        </Row>
      }
    >
      <LoadFailed load={load} what="Who has access could not be loaded." />
      <ul className={classes.list}>
        {load.data?.items.map((row) => (
          <li key={row.id}>
            <span className="grow">
              {row.name}
              {row.self ? <span className="muted"> (you)</span> : null}
              {row.disabled ? <span className="muted"> (disabled)</span> : null}
              <span className={classes.detail}>{row.email}</span>
              {row.grants.map((grant) => (
                <Row key={grant.id} as="span" gap="md" above="xs">
                  <span>{grantText(grant)}</span>
                  {row.changeable && grant.client !== null ? (
                    <Button
                      size="xs"
                      onClick={() => setAct({ kind: 'take', row, grant })}
                      aria-label={`${grant.effect === 'deny' ? 'Lift' : 'Remove'}, ${row.name}: ${grantText(grant)}`}
                    >
                      {grant.effect === 'deny' ? 'Lift' : 'Remove'}
                    </Button>
                  ) : null}
                </Row>
              ))}
            </span>
            <Row as="span">
              <Button
                size="xs"
                onClick={() => setAct({ kind: 'may', row })}
                aria-label={`What ${row.name} may do`}
              >
                What they may do
              </Button>
              {row.changeable ? (
                <Button
                  size="xs"
                  onClick={() => setAct({ kind: 'give', row })}
                  aria-label={`Give ${row.name} a role or deny something`}
                >
                  Change access
                </Button>
              ) : null}
            </Row>
          </li>
        ))}
      </ul>
      {mayGive ? <Invitations slug={slug} /> : null}
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} slug={slug} />
      {act?.kind === 'give' ? (
        <GiveDialog
          opened
          onClose={close}
          name={act.row.name}
          slug={slug}
          onGive={({ forClient: _here, ...grant }) =>
            calls.access.client.give({ client: slug, user: act.row.id, ...grant })
          }
        />
      ) : null}
      {act?.kind === 'take' ? <TakeDialog slug={slug} act={act} onClose={close} /> : null}
      {act?.kind === 'may' ? <MayDialog slug={slug} row={act.row} onClose={close} /> : null}
    </Card>
  );
}

function Invitations({ slug }: { slug: string }) {
  const load = useQuery(api.access.client.invitations.queryOptions({ input: { client: slug } }));
  const heading = useId();
  const open = load.data?.items.filter(({ state }) => state === 'open' || state === 'expired') ?? [];
  if (open.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <div className={classes.headed}>
        <h3 id={heading}>Invited</h3>
        <ExportMenu
          onExport={(format) => fetchFile(routes.access.client.invitationsExport, { client: slug, format })}
        />
      </div>
      <ul className={classes.list}>
        {open.map((invitation) => (
          <li key={invitation.id}>
            <span className="grow">
              {invitation.name}
              <span className={classes.detail}>
                {invitation.email}; {invitation.grants.map(grantText).join('; ')};{' '}
                {STATE_WORDS[invitation.state].toLowerCase()}, until <When at={invitation.expiresAt} inline />
              </span>
            </span>
            <InvitationActions
              invitation={invitation}
              resend={() => calls.access.client.resend({ client: slug, invitation: invitation.id })}
              revoke={() => calls.access.client.revoke({ client: slug, invitation: invitation.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function TakeDialog({
  slug,
  act: { row, grant },
  onClose,
}: {
  slug: string;
  act: Extract<Act, { kind: 'take' }>;
  onClose: () => void;
}) {
  const fields = useFields({ reason: '' });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={grant.effect === 'deny' ? `Lift a denial of ${row.name}` : `Remove a role from ${row.name}`}
      submit={grant.effect === 'deny' ? 'Lift the denial' : 'Remove'}
      onSubmit={async () => {
        await calls.access.client.take({
          client: slug,
          user: row.id,
          grant: grant.id,
          reason: fields.values.reason,
        });
        await done(`Removed from ${row.name}: ${grantText(grant)}.`, api.access.key());
        return true;
      }}
    >
      <p>{grantText(grant)}. This takes effect with their next click.</p>
      <Textarea label="Reason" description="Recorded in the audit log" autosize {...fields.text('reason')} />
    </FormDialog>
  );
}

function MayDialog({ slug, row, onClose }: { slug: string; row: Holder; onClose: () => void }) {
  const load = useQuery(api.access.client.may.queryOptions({ input: { client: slug, user: row.id } }));
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`What ${row.name} may do`}
      submit="Done"
      onSubmit={async () => true}
    >
      <Rights load={load} />
    </FormDialog>
  );
}
