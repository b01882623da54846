import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Period, parsePeriod, periodText } from '../../../../src/domain/model/period.ts';

interface PeriodFieldsProps {
  /** Name of the file, for screen readers. */
  readonly file: string;
  /** The stored value; null: not given. */
  readonly period: string | null;
  readonly disabled: boolean;
  readonly onGiven: (period: string | null) => void;
}

/** First and last day that the figures of a file cover. Saved only once both are given and in order. */
export function PeriodFields({ file, period, disabled, onGiven }: PeriodFieldsProps) {
  const stored = period === null ? null : parsePeriod(period);
  const [days, setDays] = useState<Period>({ from: stored?.from ?? '', to: stored?.to ?? '' });
  const backwards = days.from !== '' && days.to !== '' && days.to < days.from;
  const given = days.from === '' && days.to === '' ? null : periodText(days);
  const usable = given === null || (days.from !== '' && days.to !== '' && !backwards);
  return (
    <Stack gap={6} mt={6} align="start">
      <TextInput
        type="date"
        size="xs"
        label="Period: first day"
        aria-label={`First day that ${file} covers`}
        value={days.from}
        disabled={disabled}
        onChange={(event) => setDays({ ...days, from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        size="xs"
        label="Period: last day"
        aria-label={`Last day that ${file} covers`}
        value={days.to}
        disabled={disabled}
        error={backwards ? 'This is before the first day.' : null}
        onChange={(event) => setDays({ ...days, to: event.currentTarget.value })}
      />
      <Button
        size="xs"
        variant="default"
        disabled={disabled || !usable || given === period}
        onClick={() => onGiven(given)}
      >
        {given === null && period !== null ? 'Remove the period' : 'Read with this period'}
      </Button>
    </Stack>
  );
}
