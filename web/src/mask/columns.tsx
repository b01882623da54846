import { Button, NativeSelect } from '@mantine/core';
import {
  KIND_FACTS,
  TREATMENT_WORDS,
  TREATMENTS,
  type Treatment,
} from '../../../src/domain/dlp/prepare/kinds.ts';
import type { RecognizedColumn } from '../../../src/domain/dlp/prepare/recognize.ts';
import { Stack } from '../ui/layout.tsx';
import classes from './mask.module.css';

interface ColumnListProps {
  readonly columns: readonly RecognizedColumn[];
  readonly treatments: readonly (Treatment | null)[];
  /** Whether a recognized column may be kept unchanged. */
  readonly mayKeep: boolean;
  readonly onChoose: (index: number, treatment: Treatment | null) => void;
}

/** Each column with what it seems to hold; a person decides on all of them. */
export function ColumnList({ columns, treatments, mayKeep, onChoose }: ColumnListProps) {
  return (
    <ol className={classes.columns}>
      {columns.map((column, at) => (
        <li key={at} className={classes.column}>
          <div>
            <h3>{column.heading}</h3>
            <p className="muted">{column.kind === null ? 'Not recognized' : KIND_FACTS[column.kind].words}</p>
          </div>
          <div className="wraps">
            <p>{column.why}</p>
            {column.examples.length === 0 ? null : (
              <p className="muted">
                For example: <span className="mono">{column.examples.map(short).join(' · ')}</span>
              </p>
            )}
          </div>
          <Stack gap="sm">
            <NativeSelect
              aria-label={`What to do with ${column.heading}`}
              value={treatments[at] ?? ''}
              onChange={(event) => onChoose(at, (event.currentTarget.value || null) as Treatment | null)}
              data={[
                { value: '', label: 'Choose' },
                ...TREATMENTS.filter((one) => mayKeep || one !== 'keep' || column.kind === null).map(
                  (value) => ({ value, label: TREATMENT_WORDS[value] }),
                ),
              ]}
            />
            {column.suggested === null || treatments[at] !== null ? null : (
              <Button
                size="xs"
                aria-label={`${TREATMENT_WORDS[column.suggested]}: ${column.heading}`}
                onClick={() => onChoose(at, column.suggested)}
              >
                {TREATMENT_WORDS[column.suggested]}
              </Button>
            )}
          </Stack>
        </li>
      ))}
    </ol>
  );
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 38)}…` : text);
