import { NativeSelect } from '@mantine/core';
import { zoneWords } from '../../../../src/domain/text/words.ts';
import { RHYTHM_OPTIONS, WEEKDAYS } from './words.ts';

/** Descriptions go below the input, so that fields side by side stay aligned. */
const INPUT_ORDER: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

interface Field {
  readonly value: string;
  readonly onChange: (event: { currentTarget: { value: string } }) => void;
}

/** How often and, if weekly, on which day. */
export function RhythmFields({
  label,
  zone,
  rhythm,
  weekday,
}: {
  label: string;
  zone: string;
  rhythm: Field;
  weekday: Field;
}) {
  return (
    <>
      <NativeSelect
        label={label}
        description={`In the morning, from 7 a.m. ${zoneWords(zone)}. Nothing is sent at night or on weekends.`}
        inputWrapperOrder={INPUT_ORDER}
        data={RHYTHM_OPTIONS}
        {...rhythm}
      />
      {rhythm.value === 'weekly' ? (
        <NativeSelect
          label="Day"
          description="The next business day if it cannot be sent then."
          inputWrapperOrder={INPUT_ORDER}
          data={WEEKDAYS}
          {...weekday}
        />
      ) : null}
    </>
  );
}
