import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { sizeWords } from '../imports/words.ts';
import { DownloadLink, FileFacts, UsedBy, Verify } from './file-facts.tsx';
import { PreviewCard } from './preview-card.tsx';
import { evidenceRoute } from './routes.tsx';
import { type EvidenceFile, howWords } from './words.ts';

/** One stored file: what it is, what is based on it, and whether it is unchanged. */
export function EvidenceFilePage() {
  const { slug } = useClientHere();
  const { sha } = evidenceRoute.useParams();
  const load = useQuery(api.evidence.get.queryOptions({ input: { client: slug, sha } }));
  return (
    <DetailPage
      title={(file: EvidenceFile) => file.name}
      permission="evidence.read"
      load={load}
      meta={(file) => `${howWords(file.how)} · ${sizeWords(file.bytes)} · added by ${file.by ?? 'someone'}`}
      actions={(file) => <DownloadLink sha256={file.sha256} />}
      work={(file) => (
        <>
          <PreviewCard file={file} />
          <UsedBy file={file} />
        </>
      )}
      evidence={(file) => (
        <>
          <Card title="The file">
            <FileFacts file={file} />
          </Card>
          <Card title="Is it complete?">
            <Verify sha256={file.sha256} />
          </Card>
        </>
      )}
    />
  );
}
