import { Button, Textarea } from '@mantine/core';
import { Card } from '../../ui/card.tsx';
import { Diff } from '../../ui/diff.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import classes from './baselines.module.css';
import { clientsWords, type Plan, type Preview, type Shown } from './words.ts';

interface PreviewStepProps {
  readonly baseline: Shown;
  readonly preview: Preview;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onBack: () => void;
  readonly onApply: (reason: string) => void;
}

/** Shows the effect on each client before anything is applied. */
export function PreviewStep({ baseline, preview, busy, error, onBack, onApply }: PreviewStepProps) {
  const fields = useFields(
    { reason: '' },
    { reason: needed('Briefly say why; the reason appears on every draft.') },
  );
  useUnsaved(() => fields.changed && !busy);
  const { items, problems, offers } = preview;
  const created = items.filter(({ act }) => act === 'create').length;
  const drafts = items.filter(({ charter }) => charter.changes.length > 0).length;
  const stuck = items.filter(({ problem }) => problem !== null);
  const refused = problems.length + offers.length + stuck.length > 0;
  return (
    <Stack gap="lg">
      <Card title="What will happen">
        <Stack as="ul" gap="xs">
          <li>{created === 0 ? 'No new client is created.' : `${clientsWords(created)} will be created.`}</li>
          <li>
            {drafts === 0
              ? 'No charter gets a draft: each one matches the baseline or differs on purpose.'
              : `${drafts} ${drafts === 1 ? 'charter gets a draft' : 'charters get drafts'}, to be approved by a second person.`}
          </li>
          <li>Nothing changes in Claude, and nothing a client decided is overwritten.</li>
        </Stack>
      </Card>
      {refused ? (
        <Notice mark="fail">
          <Stack as="ul" gap="xs">
            {[...problems, ...offers.map(({ row, says }) => ({ row, column: null, says }))].map(
              ({ row, says }) => (
                <li key={`${row} ${says}`}>
                  {row === null ? '' : `Row ${row}: `}
                  {says}
                </li>
              ),
            )}
            {stuck.map(({ name, problem }) => (
              <li key={name}>
                {name}: {problem}
              </li>
            ))}
          </Stack>
        </Notice>
      ) : null}
      <Card title="Client by client" aside={clientsWords(items.length)}>
        {items.map((plan) => (
          <OnePlan key={`${plan.client} ${plan.name}`} plan={plan} alone={items.length === 1} />
        ))}
      </Card>
      <Textarea
        label="Why"
        description="Shown on each draft and recorded in the audit log."
        autosize
        minRows={2}
        {...fields.text('reason')}
      />
      {error === null || error === undefined ? null : (
        <p role="alert" className={classes.looser}>
          {explainError(error).text}
        </p>
      )}
      <Row>
        <Button onClick={onBack}>Back</Button>
        <Button
          variant="filled"
          loading={busy}
          disabled={refused || items.length === 0}
          onClick={() => fields.check() && onApply(fields.values.reason)}
        >
          Apply {baseline.name} to {clientsWords(items.length)}
        </Button>
      </Row>
    </Stack>
  );
}

function OnePlan({ plan, alone }: { plan: Plan; alone: boolean }) {
  const { charter } = plan;
  return (
    <Fold
      open={alone}
      summary={
        <>
          <strong>{plan.name}</strong>, {plan.act === 'create' ? 'new' : 'already exists'}
          <span className={classes.second}>
            {charter.changes.length === 0
              ? 'Nothing to propose'
              : `${charter.changes.length} ${charter.changes.length === 1 ? 'change' : 'changes'} in the draft`}
            {charter.stays.length === 0
              ? ''
              : ` · ${charter.stays.length} ${charter.stays.length === 1 ? 'difference stays' : 'differences stay'}`}
            {plan.fits === null ? '' : ` · ${plan.fits}`}
          </span>
        </>
      }
    >
      <Stack bullets>
        {plan.follows === null ? null : (
          <p className="muted">
            It follows {plan.follows.name}, version {plan.follows.version}, now.
          </p>
        )}
        {plan.profile.length === 0 ? null : (
          <Diff label={`Profile of ${plan.name}`} changes={plan.profile} heads={['Profile now', 'Then']} />
        )}
        {charter.changes.length === 0 ? null : (
          <Diff
            label={`Charter of ${plan.name}`}
            heads={[
              charter.version === null ? 'No charter' : `Charter, version ${charter.version}`,
              'In the draft',
            ]}
            changes={keyed(charter.changes).map(({ what, before, after, looser }) => ({
              name: looser ? `${what} (looser)` : what,
              before,
              after,
            }))}
          />
        )}
        {charter.stays.length === 0 ? null : (
          <div>
            <p>Differs and will stay different:</p>
            <Stack as="ul" gap="none">
              {charter.stays.map(({ what, value, reason }) => (
                <li key={`${what} ${value}`}>
                  {what}: {value ?? 'not stated'}.{' '}
                  <span className="muted">
                    {reason === null ? 'The client’s own entry.' : `On purpose: ${reason}`}
                  </span>
                </li>
              ))}
            </Stack>
          </div>
        )}
        {plan.leftOut.length === 0 ? null : (
          <p className="muted">Left out because the client has no value for it: {plan.leftOut.join(', ')}.</p>
        )}
        {plan.tasks === 0 ? null : (
          <p className="muted">{plan.tasks} deployment tasks get an owner and a date.</p>
        )}
      </Stack>
    </Fold>
  );
}

/** Entries of one list can share a name; adds a unique row key for the table. */
function keyed<T extends { readonly what: string; readonly after: string | null }>(list: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return list.map((one) => {
    const n = (seen.get(one.what) ?? 0) + 1;
    seen.set(one.what, n);
    return n === 1 ? one : { ...one, what: `${one.what} ${n}` };
  });
}
