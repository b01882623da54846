import { addressOf, client as calls, fetchFile, queries, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { RecordDialog } from '../evidence/record-dialog.tsx';
import { type Deployment, type May, summary } from './words.ts';

/** The signed record of the deployment's progress. */
export function DeploymentRecord({
  deployment,
  may,
  onClose,
}: {
  deployment: Deployment;
  may: May;
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const { record } = routes.deployment;
  return (
    <RecordDialog
      title="Deployment record"
      records={deployment.records}
      mayMake={may.work}
      make={async (paper) => {
        const created = await calls.deployment.record.make({ client: slug, paper });
        await queries.invalidateQueries();
        await fetchFile(record.file, { client: slug, sha256: created.sha256 });
        return created;
      }}
      addressOf={(sha256) => addressOf(record.file, { client: slug, sha256 })}
      onClose={onClose}
    >
      <p>
        A PDF of what is proven today and what is not, with the evidence behind each check and every override.
        This server signs it and keeps it as evidence.
      </p>
      <p className="muted">{summary(deployment)}</p>
    </RecordDialog>
  );
}
