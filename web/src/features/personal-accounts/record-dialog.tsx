import { addressOf, client as calls, fetchFile, queries, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { RecordDialog } from '../evidence/record-dialog.tsx';
import { accountCount, type List } from './words.ts';

/** The signed record of what was found, who was contacted, and what a report shows as closed. */
export function AccountsRecord({ list, onClose }: { readonly list: List; readonly onClose: () => void }) {
  const { slug } = useClientHere();
  const mayWork = useMay('people.decide');
  const { record } = routes.personalAccounts;
  const { statistics } = list;
  return (
    <RecordDialog
      title="Personal account record"
      records={list.records}
      mayMake={mayWork}
      make={async (paper) => {
        const created = await calls.personalAccounts.record.make({ client: slug, paper });
        await queries.invalidateQueries();
        await fetchFile(record.file, { client: slug, sha256: created.sha256 });
        return created;
      }}
      addressOf={(sha256) => addressOf(record.file, { client: slug, sha256 })}
      onClose={onClose}
    >
      <p>
        A PDF of every account found: who was contacted and when, which report shows it closed, what is exempt
        and why, and what is open. This server signs it and keeps it as evidence.
      </p>
      <p className="muted">
        {accountCount(statistics.accounts)} found, {statistics.contacted} holders contacted,{' '}
        {statistics.closed} closed by a report, {statistics.open} open.
      </p>
    </RecordDialog>
  );
}
