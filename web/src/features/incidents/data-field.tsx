import { Checkbox, CheckboxGroup } from '@mantine/core';
import { DATA_CLASS_WORDS } from '../../../../src/domain/connectors/words.ts';
import { Stack } from '../../ui/layout.tsx';
import type { Incident } from './words.ts';

type Kind = Incident['data'][number];
const KINDS = Object.keys(DATA_CLASS_WORDS) as Kind[];

/** The kinds of data involved in an incident. */
export function DataField({
  value,
  onChange,
}: {
  value: readonly Kind[];
  onChange: (value: Kind[]) => void;
}) {
  return (
    <CheckboxGroup
      label="Kinds of data"
      description="None chosen: not known yet"
      value={[...value]}
      onChange={(ids) => onChange(KINDS.filter((one) => ids.includes(one)))}
    >
      <Stack gap="sm" inset>
        {KINDS.map((one) => (
          <Checkbox key={one} value={one} label={DATA_CLASS_WORDS[one]} />
        ))}
      </Stack>
    </CheckboxGroup>
  );
}
// Guide: G7.2-01
