import { Radio, Textarea, TextInput } from '@mantine/core';
import { done } from '../../acts.ts';
import { client as calls } from '../../api.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { When } from '../../ui/when.tsx';
import type { Deployment } from './words.ts';

/** Hands the deployment over to another person and side. Nobody is notified; the page and the record show it. */
export function HandOverDialog({ deployment, onClose }: { deployment: Deployment; onClose: () => void }) {
  const { slug, name } = useClientHere();
  const { workspace } = useSession();
  const { holder, handovers } = deployment;
  const fields = useFields(
    { side: holder?.side === 'msp' ? 'client' : 'msp', person: '', note: '' },
    { person: needed('Name the person who takes over.') },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Hand over the deployment"
      submit="Hand over"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { side, person, note } = fields.values;
        await calls.deployment.handOver({
          client: slug,
          side: side === 'client' ? 'client' : 'msp',
          person: person.trim(),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        });
        await done(`Handed over to ${person.trim()}.`);
        return true;
      }}
    >
      <p>
        {holder === null
          ? 'No one is assigned yet.'
          : `It is currently with ${holder.person} (${holder.side === 'msp' ? workspace : name}).`}{' '}
        Everything proven so far stays proven. Bylaw does not send an email about the handover.
      </p>
      <Radio.Group
        label="Who continues"
        value={fields.values.side}
        onChange={(value) => fields.set('side', value)}
      >
        <Stack gap="sm">
          <Radio name="side" value="msp" label={`The MSP (${workspace})`} />
          <Radio name="side" value="client" label={`The client (${name})`} />
        </Stack>
      </Radio.Group>
      <TextInput label="Person" maxLength={200} data-autofocus {...fields.text('person')} />
      <Textarea
        label="What they should know (optional)"
        autosize
        minRows={2}
        maxLength={2000}
        {...fields.text('note')}
      />
      {handovers.length === 0 ? null : (
        <section aria-labelledby="earlier-handovers">
          <h3 id="earlier-handovers">Until now</h3>
          <Stack as="ul" gap="sm">
            {handovers.map((one) => (
              <li key={one.at}>
                To {one.person} ({one.side === 'msp' ? workspace : name}) by {one.by},{' '}
                <When at={one.at} inline />
                {one.note === null ? null : <span className="muted">: {one.note}</span>}
              </li>
            ))}
          </Stack>
        </section>
      )}
    </FormDialog>
  );
}
