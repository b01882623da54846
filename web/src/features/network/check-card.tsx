import { useMutation } from '@tanstack/react-query';
import { routes, sendFile } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { type Checked, LEVEL_MARKS, LEVEL_WORDS } from './words.ts';

/** Takes the configuration in use and reports what in it does not hold. */
export function CheckCard({ slug, organization }: { slug: string; organization: string | undefined }) {
  const check = useMutation({
    mutationFn: (file: File) =>
      sendFile(routes.network.check, { client: slug, name: file.name, organization }, file),
  });
  return (
    <Card title="Check a configuration that is in use">
      <Stack>
        <FileDrop
          single
          label="Drop a configuration here"
          hint="Browser policy (JSON, .reg, .mobileconfig), squid.conf, haproxy.cfg, Envoy, mitmproxy script, FortiGate lines, Cloudflare rule, Zscaler profile, Terraform of Zscaler or Palo Alto, Bicep of Azure Firewall. It is checked and not kept."
          onFiles={([file]) => {
            if (file !== undefined) check.mutate(file);
          }}
        />
        <div aria-live="polite">
          {check.isError ? (
            <ErrorState
              what="The configuration could not be checked."
              still="Nothing was kept."
              error={check.error}
            />
          ) : null}
          {check.data === undefined ? null : <Findings checked={check.data} />}
        </div>
      </Stack>
    </Card>
  );
}

function Findings({ checked: { file, formTitle, against, findings } }: { checked: Checked }) {
  return (
    <Stack as="section" aria-label={`What was found in ${file}`}>
      <h3 className="medium">{file}</h3>
      <p className="wraps">
        {formTitle}, compared with: {against}.{' '}
        {findings.length === 0
          ? 'No problems were found. Only a test from a managed device shows whether it works.'
          : null}
      </p>
      {findings.length === 0 ? null : (
        <Lines label="What to change" head="13rem">
          {findings.map((one) => (
            <Line
              key={`${one.code} ${one.says}`}
              head={<VerdictMark state={LEVEL_MARKS[one.level]}>{LEVEL_WORDS[one.level]}</VerdictMark>}
            >
              <p>
                {one.line === null ? null : <strong>Line {one.line}. </strong>}
                {one.says}
              </p>
              <p>
                <strong>Do:</strong> {one.do}
              </p>
            </Line>
          ))}
        </Lines>
      )}
    </Stack>
  );
}
