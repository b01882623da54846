import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { intentOf, TargetPart, targetOf } from './target-part.tsx';
import { type Access, type PolicyState, stateWords, type Template } from './words.ts';

type Decision = 'ready' | 'left_out' | 'kept_out';

const DECISIONS: readonly { readonly value: Decision; readonly label: string }[] = [
  { value: 'ready', label: 'Will have a compliant device by then' },
  { value: 'left_out', label: 'Excluded for some days' },
  { value: 'kept_out', label: 'Should be blocked' },
];

const CHOICES: readonly PolicyState[] = ['enabledForReportingButNotEnforced', 'enabled', 'disabled'];

/** Asks for the target state of a policy, the reason, and a decision on the people that it would lock out. */
export function PlanDialog(props: { slug: string; data: Access; template: Template; onClose: () => void }) {
  const { slug, data, template, onClose } = props;
  const { made } = template;
  const [target, setTarget] = useState(() => targetOf(template, data));
  const fields = useFields(
    {
      state: (made?.state === 'enabledForReportingButNotEnforced' ? 'enabled' : CHOICES[0]) as string,
      early: '',
      unmeasured: '',
      announced: '',
      announcement: '',
      grace: '',
      enroll: '',
      reason: '',
    },
    { reason: needed('Say why.') },
  );
  const given = (...names: readonly ('unmeasured' | 'announced' | 'announcement' | 'grace' | 'enroll')[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = fields.values[name].trim();
        return value === '' ? [] : [[name, value]];
      }),
    );
  const early = fields.values.state === 'enabled' && made?.state !== 'enabled';
  const [decisions, setDecisions] = useState<Record<string, Decision | ''>>({});
  const { impact } = template;
  const blocks = early && impact.what === 'blocked' ? impact.people : [];
  const unmeasured = early && impact.is === 'not_read';
  const announced = early && template.announced;
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
        ...(unmeasured ? given('unmeasured') : {}),
        ...(announced ? given('announced', 'announcement', 'grace', 'enroll') : {}),
        ...intentOf(target, targetOf(template, data)),
        ...Object.fromEntries(
          blocks.flatMap(({ who }) => {
            const decision = decisions[who] || decisions['*'];
            return decision ? [[`person:${who.trim().toLowerCase()}`, decision]] : [];
          }),
        ),
      },
      reason: reason.trim(),
    });
    await done('Planned. Someone else has to approve it.', api.changes.key());
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
        <TargetPart slug={slug} data={data} template={template} target={target} onChange={setTarget} />
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} {...fields.text('reason')} />
        {early ? (
          <Textarea
            label="Why before report-only mode has ended"
            description="Leave this empty if the date has passed."
            autosize
            minRows={1}
            maxLength={400}
            {...fields.text('early')}
          />
        ) : null}
        {unmeasured ? (
          <Textarea
            label="Why without having read the sign-ins"
            autosize
            minRows={1}
            maxLength={400}
            {...fields.text('unmeasured')}
          />
        ) : null}
        {announced ? (
          <>
            <TextInput type="date" label="Staff were notified on" {...fields.text('announced')} />
            <Textarea
              label="What they were told and how"
              autosize
              minRows={1}
              maxLength={400}
              {...fields.text('announcement')}
            />
            <TextInput
              type="date"
              label="Last day of the grace period"
              description="The people you choose to exclude below are excluded until then. Leave this empty for no grace period."
              {...fields.text('grace')}
            />
            {fields.values.grace === '' ? null : (
              <Textarea
                label="How they can enroll a device by then"
                autosize
                minRows={1}
                maxLength={400}
                {...fields.text('enroll')}
              />
            )}
          </>
        ) : null}
        {blocks.length === 0 ? null : (
          <>
            <p>
              It would have blocked {count(blocks.length, 'person', 'people')} since{' '}
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
                  { value: '', label: who === '*' ? 'Decide for each' : 'Same as for everyone' },
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
