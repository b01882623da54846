import { MultiSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { WaitingTuning } from '../alerts/waiting-settings.tsx';
import { savedWords } from './words.ts';

type Tuning = Awaited<ReturnType<typeof calls.dlp.tuning.show>>;
type Choice = { readonly id: string; readonly title: string };

/** The client's adjustments to the rules. */
export function TuningCard({ rules }: { rules: readonly Choice[] }) {
  const { slug } = useClientHere();
  const load = useQuery(api.dlp.tuning.show.queryOptions({ input: { client: slug } }));
  return (
    <Card title="Adjust to this association">
      <WaitingTuning />
      <LoadFailed load={load} what="The adjustments could not be loaded." />
      {load.data === undefined ? null : (
        <Steady of={load.data}>
          {(tuning) => (
            <TuningForm
              key={`${tuning.version} ${tuning.proposed?.id ?? ''}`}
              tuning={tuning}
              rules={rules}
            />
          )}
        </Steady>
      )}
    </Card>
  );
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function TuningForm({ tuning, rules }: { tuning: Tuning; rules: readonly Choice[] }) {
  const { slug } = useClientHere();
  const mayEdit = useMay('detections.edit');
  const saving = useSaving();
  const [off, setOff] = useState<string[]>([...tuning.off]);
  const [numbers, setNumbers] = useState(tuning.memberNumbers.join('\n'));
  const [allowed, setAllowed] = useState(tuning.allowed.join('\n'));
  const wanted = { off, memberNumbers: linesOf(numbers), allowed: linesOf(allowed) };
  const { version, changed, patterns: _own, atLeast: _atLeast, proposed: _waits, ...before } = tuning;
  return (
    <Stack
      noValidate
      as="form"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save(async () => {
          const { proposed } = await calls.dlp.tuning.set({ client: slug, version, ...wanted });
          await done(savedWords(proposed));
        });
      }}
    >
      <p className="muted measure">
        Applies to the inference hook and the check at the proxy. The browser check that needs no sign-in is
        not tied to a client and is not affected.
        {changed === null ? '' : ` Last changed by ${changed.by}.`}
      </p>
      <Textarea
        label="Formats of member numbers"
        description="One per line: # is a digit, @ is a letter. For example, AL-####-@"
        autosize
        minRows={2}
        disabled={!mayEdit}
        value={numbers}
        onChange={(event) => setNumbers(event.currentTarget.value)}
      />
      <Textarea
        label="Values to ignore"
        description="One per line, for example, the office phone number. They are never reported."
        autosize
        minRows={2}
        disabled={!mayEdit}
        value={allowed}
        onChange={(event) => setAllowed(event.currentTarget.value)}
      />
      <MultiSelect
        label="Rules that are turned off"
        description="What they look for passes without a warning."
        searchable
        disabled={!mayEdit}
        comboboxProps={{ withinPortal: false }}
        data={rules.map(({ id, title }) => ({ value: id, label: title }))}
        value={off}
        onChange={setOff}
      />
      {mayEdit ? (
        <SaveBar saving={saving} changed={JSON.stringify(wanted) !== JSON.stringify(before)}>
          Save
        </SaveBar>
      ) : null}
    </Stack>
  );
}
