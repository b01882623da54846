import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { Row } from '../../ui/layout.tsx';
import { DATE_WORDS, type PreviewFile } from './words.ts';

interface DayFieldProps {
  readonly file: PreviewFile;
  /** The day given by a person; null: none. */
  readonly given: string | null;
  readonly disabled: boolean;
  readonly onGiven: (day: string | null) => void;
}

/** The day that a file describes, and a field to enter the day on which it was exported. */
export function DayField({ file, given, disabled, onGiven }: DayFieldProps) {
  const [editing, setEditing] = useState(false);
  const [day, setDay] = useState(given ?? file.observedOn ?? '');
  if (!editing)
    return (
      <Row gap="xs" align="start" justify="between">
        <div>
          <Day file={file} />
        </div>
        <Button
          size="compact-xs"
          disabled={disabled}
          aria-label={`Change the day of ${file.file}`}
          onClick={() => setEditing(true)}
        >
          Change
        </Button>
      </Row>
    );
  const give = (value: string | null) => {
    setEditing(false);
    if (value !== given) onGiven(value);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give(day === '' ? null : day);
      }}
    >
      <TextInput
        type="date"
        size="xs"
        label="Exported on"
        description="You cannot choose a day later than the one the file itself shows."
        aria-label={`Day on which ${file.file} was exported`}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <Button size="compact-xs" type="submit" mt={6}>
        Read with this day
      </Button>
    </form>
  );
}

export function Day({ file }: { file: PreviewFile }) {
  return (
    <>
      {file.observedOn === null ? null : dayWords(file.observedOn)}
      {file.dateFrom === null ? null : <span className="second">{DATE_WORDS[file.dateFrom]}</span>}
    </>
  );
}
