import { NativeSelect } from '@mantine/core';
import { addressOf, client as calls, fetchFile, queries, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { PAPERS } from '../reports/words.ts';
import { type Deployment, type May, summary } from './words.ts';

/** Makes the signed record and hands it to the browser; earlier ones can be had again. */
export function RecordDialog({
  deployment,
  may,
  onClose,
}: {
  deployment: Deployment;
  may: May;
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields({ paper: 'a4' });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Deployment record"
      submit={may.work ? 'Make and download' : 'Close'}
      onSubmit={async () => {
        if (!may.work) return true;
        const made = await calls.deployment.record.make({
          client: slug,
          paper: fields.values.paper === 'letter' ? 'letter' : 'a4',
        });
        await queries.invalidateQueries();
        await fetchFile(routes.deployment.record.file, { client: slug, sha256: made.sha256 });
        toast({ kind: 'done', text: `${made.name} was made and is kept as evidence.` });
        return true;
      }}
    >
      <p>
        A PDF of what is proven today and what is not, with the evidence behind each check and every override.
        This server signs it and keeps it as evidence.
      </p>
      <p className="muted">{summary(deployment)}</p>
      {may.work ? <NativeSelect label="Paper" data={[...PAPERS]} {...fields.text('paper')} /> : null}
      {deployment.records.length === 0 ? (
        <p className="muted">None was made yet.</p>
      ) : (
        <section aria-labelledby="earlier-records">
          <h3 id="earlier-records">Made before</h3>
          <Stack as="ul" gap="sm">
            {deployment.records.map((one) => (
              <li key={one.sha256}>
                <a
                  href={addressOf(routes.deployment.record.file, { client: slug, sha256: one.sha256 })}
                  download
                >
                  {one.name}
                </a>{' '}
                <span className="muted">
                  by {one.by}, <When at={one.at} inline />
                </span>
              </li>
            ))}
          </Stack>
        </section>
      )}
    </FormDialog>
  );
}
