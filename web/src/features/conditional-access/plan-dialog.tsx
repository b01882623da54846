import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { type PolicyState, stateWords, type Template } from './words.ts';

type Decision = 'ready' | 'left_out' | 'kept_out';

const DECISIONS: readonly { readonly value: Decision; readonly label: string }[] = [
  { value: 'ready', label: 'Has a compliant device by then' },
  { value: 'left_out', label: 'Is left out for some days' },
  { value: 'kept_out', label: 'Is to be kept out' },
];

const CHOICES: readonly PolicyState[] = ['enabledForReportingButNotEnforced', 'enabled', 'disabled'];

/** Asks to what a policy is brought, why, and what is decided of those whom it would keep out. */
export function PlanDialog(props: { slug: string; template: Template; onClose: () => void }) {
  const { slug, template, onClose } = props;
  const { made } = template;
  const fields = useFields(
    {
      state: (made?.state === 'enabledForReportingButNotEnforced' ? 'enabled' : CHOICES[0]) as string,
      early: '',
      unmeasured: '',
      reason: '',
    },
    { reason: needed('Say why.') },
  );
  const early = fields.values.state === 'enabled' && made?.state !== 'enabled';
  const [decisions, setDecisions] = useState<Record<string, Decision | ''>>({});
  const { impact } = template;
  const blocks = early && impact.what === 'blocked' ? impact.people : [];
  const unmeasured = early && impact.is === 'not_read';
  const submit = async () => {
    if (!fields.check()) return false;
    const { state, reason } = fields.values;
    await calls.changes.plan({
      client: slug,
      target: 'conditional_access',
      subject: template.id,
      intent: {
        state,
        ...(early && fields.values.early.trim() !== '' ? { early: fields.values.early.trim() } : {}),
        ...(unmeasured && fields.values.unmeasured.trim() !== ''
          ? { unmeasured: fields.values.unmeasured.trim() }
          : {}),
        ...Object.fromEntries(
          blocks.flatMap(({ who }) => {
            const decision = decisions[who] || decisions['*'];
            return decision ? [[`person:${who.trim().toLowerCase()}`, decision]] : [];
          }),
        ),
      },
      reason: reason.trim(),
    });
    await done('It is planned. Someone else approves it.', api.changes.key());
    return true;
  };
  return (
    <FormDialog opened onClose={onClose} title={`Plan: ${template.name}`} submit="Plan it" onSubmit={submit}>
      <Stack>
        <NativeSelect
          label="Bring it to"
          {...fields.text('state')}
          data={(made === null ? CHOICES.slice(0, 1) : CHOICES).map((value) => ({
            value,
            label: stateWords(value),
          }))}
        />
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
        {early ? (
          <Textarea
            label="Why before report-only has ended"
            description="Leave it empty where the day has come."
            autosize
            minRows={1}
            maxLength={400}
            {...fields.text('early')}
          />
        ) : null}
        {unmeasured ? (
          <Textarea
            label="Why although sign-ins were not read"
            autosize
            minRows={1}
            maxLength={400}
            {...fields.text('unmeasured')}
          />
        ) : null}
        {blocks.length === 0 ? null : (
          <>
            <p>
              It would have kept out {count(blocks.length, 'person', 'people')} since{' '}
              {dayWords(impact.from ?? '')}. Decide for each, or for all at once.
            </p>
            {['*', ...blocks.map(({ who }) => who)].map((who) => (
              <NativeSelect
                key={who}
                label={who === '*' ? 'Everyone below' : who || 'Someone without a name'}
                value={decisions[who] ?? ''}
                onChange={(event) => {
                  const value = event.currentTarget.value as Decision | '';
                  setDecisions((was) => ({ ...was, [who]: value }));
                }}
                data={[
                  { value: '', label: who === '*' ? 'Decide for each' : 'As for everyone' },
                  ...DECISIONS,
                ]}
              />
            ))}
          </>
        )}
      </Stack>
    </FormDialog>
  );
}
