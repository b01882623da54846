import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { api, makeFile, queries, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { useSaving } from '../../ui/saving.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { When } from '../../ui/when.tsx';
import { useProof } from '../account/proof.tsx';
import { sizeWords } from '../imports/words.ts';

/** Everything that an auditor asks for, as one signed file that can be verified without this server. */
export function RoomPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.evidenceRoom.show.queryOptions({ input: { client: slug } }));
  const room = load.data;
  const withProof = useProof();
  const { busy, failure, save } = useSaving();
  const [created, setCreated] = useState<{ readonly name: string; readonly bytes: number } | null>(null);
  const make = async () => {
    setCreated(null);
    await save(async () => {
      setCreated(await withProof(() => makeFile(routes.evidenceRoom.make, { client: slug })));
    });
    await queries.invalidateQueries({ queryKey: api.evidenceRoom.key() });
  };
  return (
    <Page
      title="Evidence room"
      permission="audit.read"
      load={load}
      meta="Everything an auditor asks for, in one signed file that can be verified without this server"
    >
      {room === undefined ? null : (
        <Stack gap="lg" inset>
          <Card
            title="What it holds now"
            foot="It does not contain the text of conversations or confidential incident answers. Evidence may contain staff names and addresses: handle it as personal data."
          >
            <Facts
              facts={[
                ['Controls with verdict and evidence', room.controls],
                ['Evidence', `${count(room.files, 'file')}, ${sizeWords(room.bytes)}`],
                ['Audit log', count(room.records, 'record')],
                ['Charter', count(room.charters, 'version')],
                ['Signed reviews with minutes', room.reviews],
                ['Incidents with reports', room.incidents],
                [
                  'Policy',
                  `${count(room.policies, 'version')}, ${count(room.acknowledgements, 'acknowledgment')}`,
                ],
                ['Assessment results', 'NIST OSCAL 1.0.6'],
                [
                  'Last created',
                  room.last === null ? (
                    'Never'
                  ) : (
                    <>
                      <When at={room.last.at} inline /> by {room.last.by}
                    </>
                  ),
                ],
              ]}
            />
          </Card>
          <Card title="Create it">
            <Stack gap="lg">
              <p>
                One ZIP file. Open index.html in it first. The audit log records who made it, when and with
                which certificate.
              </p>
              {room.may ? null : (
                <p>
                  It contains evidence, controls, charter, incidents and policy, and your role does not
                  include all of them.
                </p>
              )}
              <p role="alert" className="late">
                {failure === null ? null : `No evidence room was saved. ${failure}`}
              </p>
              <p role="status">
                {busy
                  ? 'It is being created and downloaded. Keep this page open until it is saved.'
                  : created === null
                    ? ''
                    : `${created.name}: ${sizeWords(created.bytes)}. Your browser saves it.`}
              </p>
              <Row gap="md">
                <Button variant="filled" disabled={!room.may} loading={busy} onClick={() => void make()}>
                  Create an evidence room
                </Button>
              </Row>
            </Stack>
          </Card>
          <Card title="How the auditor checks it">
            <Stack gap="lg">
              <p>
                On any machine with Bylaw. It detects a change to a single byte and any file that was added,
                removed or renamed.
              </p>
              <CopyText
                label="Command"
                text={`npx bylaw audit verify EVIDENCE-ROOM.zip${room.certificate === null ? '' : ` --certificate ${room.certificate}`}`}
                mono
              />
              {room.certificate === null ? (
                <p className="muted">
                  The certificate is created with the first signature. Come back to this page after that.
                </p>
              ) : (
                <div>
                  <h3>SHA-256 of the certificate</h3>
                  <CopyValue name="SHA-256 of the certificate" value={room.certificate} />
                  <p className="muted">
                    Give it to the auditor separately from the file, for example, by phone: it shows that the
                    file is from this server.
                  </p>
                </div>
              )}
            </Stack>
          </Card>
        </Stack>
      )}
    </Page>
  );
}
