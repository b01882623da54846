import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { paperOf } from '../../../../src/domain/text/paper.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { PAPERS } from '../reports/words.ts';
import { type Stamp, StampLine } from './stamp-line.tsx';

interface Kept {
  readonly sha256: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  /** The timestamp that proves the date to others; left out: such records are not timestamped. */
  readonly stamp?: Stamp;
}

interface RecordDialogProps {
  readonly title: string;
  /** Describes the content and its current amount. */
  readonly children: ReactNode;
  readonly records: readonly Kept[];
  readonly mayMake: boolean;
  /** Creates a record and downloads it. */
  readonly make: (paper: 'a4' | 'letter') => Promise<{ readonly name: string }>;
  readonly addressOf: (sha256: string) => string;
  readonly onClose: () => void;
}

/** Creates a record signed by the server; earlier ones can be downloaded again. */
export function RecordDialog({
  title,
  children,
  records,
  mayMake,
  make,
  addressOf,
  onClose,
}: RecordDialogProps) {
  const { timezone } = useClientHere();
  const fields = useFields({ paper: paperOf(timezone) as string });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={title}
      submit={mayMake ? 'Create and download' : null}
      onSubmit={async () => {
        if (!mayMake) return true;
        const { name } = await make(fields.values.paper === 'letter' ? 'letter' : 'a4');
        toast({ kind: 'done', text: `${name} was created and is kept as evidence.` });
        return true;
      }}
    >
      {children}
      {mayMake ? <NativeSelect label="Paper" data={[...PAPERS]} {...fields.text('paper')} /> : null}
      {records.length === 0 ? (
        <p className="muted">None has been created yet.</p>
      ) : (
        <section aria-labelledby="earlier-records">
          <h3 id="earlier-records" className="heading">
            Created earlier
          </h3>
          <Stack as="ul" gap="sm" divided>
            {records.map((one) => (
              <li key={one.sha256}>
                <a href={addressOf(one.sha256)} download>
                  {one.name}
                </a>{' '}
                <span className="muted">
                  by {one.by}, <When at={one.at} inline />
                </span>
                {one.stamp == null ? null : <StampLine stamp={one.stamp} />}
              </li>
            ))}
          </Stack>
        </section>
      )}
    </FormDialog>
  );
}
