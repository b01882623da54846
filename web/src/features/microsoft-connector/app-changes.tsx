import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, names } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { type Change, ChangeLines } from '../conditional-access/change-part.tsx';

type Act = 'add' | 'require_assignment' | 'remove_scopes';

const WORDS: Readonly<Record<Act, string>> = {
  add: 'Plan to add it to Entra',
  require_assignment: 'Plan to require assignment',
  remove_scopes: 'Plan to remove these scopes',
};

/** Changes to one of Claude's applications: those that can be planned, and the newest one. */
export function AppChanges(props: {
  slug: string;
  app: { readonly appId: string; readonly name: string };
  acts: readonly Act[];
  /** Its first action is the most useful one on the page, so its button is filled. */
  first: boolean;
}) {
  const { slug, app, acts, first } = props;
  const edit = useMay('charter.edit');
  const [planning, setPlanning] = useState<Act | null>(null);
  const load = useQuery(
    api.changes.list.queryOptions({ input: { client: slug, target: 'claude_app', subject: app.appId } }),
  );
  const newest = load.data?.items[0];
  const open = newest !== undefined && ['planned', 'approved', 'applying', 'waiting'].includes(newest.state);
  return (
    <Stack gap="sm">
      <LoadFailed load={load} what="The changes of this application could not be loaded." />
      {newest === undefined ? null : (
        <ChangeLines slug={slug} change={newest} measured={accessWords(newest.measured)} />
      )}
      {newest === undefined || newest.state === 'verified' ? null : <Steps change={newest} />}
      {open || !edit || load.data === undefined || acts.length === 0 ? null : (
        <Row>
          {acts.map((act, at) => (
            <Button
              key={act}
              variant={first && at === 0 ? 'filled' : 'default'}
              onClick={() => setPlanning(act)}
            >
              {WORDS[act]}
              <span className="hidden-text">: {app.name}</span>
            </Button>
          ))}
        </Row>
      )}
      {planning === null ? null : (
        <PlanDialog slug={slug} app={app} act={planning} onClose={() => setPlanning(null)} />
      )}
    </Stack>
  );
}

function PlanDialog(props: {
  slug: string;
  app: { readonly appId: string; readonly name: string };
  act: Act;
  onClose: () => void;
}) {
  const { slug, app, act, onClose } = props;
  const fields = useFields({ reason: '' }, { reason: needed('Say why.') });
  const submit = async () => {
    if (!fields.check()) return false;
    await calls.changes.plan({
      client: slug,
      target: 'claude_app',
      subject: app.appId,
      intent: { do: act },
      reason: fields.values.reason.trim(),
    });
    await done('Planned. Someone else has to approve it.', api.changes.key());
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`${WORDS[act]}: ${app.name}`}
      submit="Plan it"
      onSubmit={submit}
    >
      <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
    </FormDialog>
  );
}

/** What each step does, for the approver or for carrying it out by hand. */
function Steps({ change }: { change: Change }) {
  return (
    <ul className="wraps">
      {change.steps.map(({ what, body, before }) => (
        <li key={`${what} ${JSON.stringify(body)}`}>{stepWords(what, body, before)}</li>
      ))}
    </ul>
  );
}

function stepWords(what: string, body: unknown, before: unknown): string {
  const { scope, appId, id } = body as { scope?: string; appId?: string; id?: string };
  const { removes = [] } = (before ?? {}) as { removes?: readonly string[] };
  switch (what) {
    case 'add_app':
      return `Add the application ${appId}: New-MgServicePrincipal -AppId ${appId}`;
    case 'require_assignment':
      return 'Enterprise applications > Properties > Assignment required: Yes';
    case 'allow_everyone':
      return 'Enterprise applications > Properties > Assignment required: No';
    case 'remove_grant':
      return `Remove the grant ${id}: ${removes.join(', ')}`;
    default:
      return `Remove ${removes.join(', ')} from the grant ${id}; it keeps ${scope}`;
  }
}

function accessWords(measured: unknown): string | null {
  const found = measured as { keeps: number; loses: readonly string[]; unknown: readonly string[] } | null;
  if (found === null) return null;
  const { keeps, loses, unknown } = found;
  return [
    loses.length === 0
      ? 'No one with a seat loses access.'
      : `${count(loses.length, 'person loses', 'people lose')} access: ${names(loses, 20)}.`,
    `${count(keeps, 'person keeps', 'people keep')} it.`,
    ...(unknown.length === 0
      ? []
      : [`For ${names(unknown, 10)}, no reading shows whether they are assigned.`]),
  ].join(' ');
}
