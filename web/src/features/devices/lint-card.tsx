import { useMutation } from '@tanstack/react-query';
import { routes, sendFile } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { LEVEL_MARKS, LEVEL_WORDS, type Linted } from './words.ts';

interface LintCardProps {
  readonly slug: string;
  readonly draft: string | undefined;
  readonly organization: string | undefined;
}

/** Takes a settings file from devices and reports what in it does not work as intended. */
export function LintCard({ slug, draft, organization }: LintCardProps) {
  const look = useMutation({
    mutationFn: (file: File) =>
      sendFile(routes.devices.lint, { client: slug, name: file.name, draft, organization }, file),
  });
  return (
    <Card title="Check a settings file from a device">
      <Stack>
        <FileDrop
          single
          label="Drop a settings file here"
          hint="Registry file (.reg), profile or property list (.mobileconfig, .plist), Intune profile, managed-settings.json or managed-mcp.json. It is checked and not kept."
          accept=".reg,.mobileconfig,.plist,.json"
          onFiles={([file]) => {
            if (file !== undefined) look.mutate(file);
          }}
        />
        <div aria-live="polite">
          {look.isError ? (
            <ErrorState what="The file could not be checked." still="Nothing was kept." error={look.error} />
          ) : null}
          {look.data === undefined ? null : <Findings linted={look.data} />}
        </div>
      </Stack>
    </Card>
  );
}

function Findings({ linted }: { linted: Linted }) {
  return (
    <Stack as="section" aria-label={`What was found in ${linted.file}`}>
      <h3 className="medium">{linted.file}</h3>
      <p>
        {linted.productTitle}, compared with: {linted.against}. {linted.words}
      </p>
      {linted.findings.length === 0 ? null : (
        <Lines label="What to change" head="13rem">
          {linted.findings.map((one) => (
            <Line
              key={`${one.level} ${one.key} ${one.says}`}
              head={
                one.level === 'note' ? (
                  <span className="muted">{LEVEL_WORDS.note}</span>
                ) : (
                  <VerdictMark state={LEVEL_MARKS[one.level]}>{LEVEL_WORDS[one.level]}</VerdictMark>
                )
              }
            >
              {one.key === null ? null : <p className="mono">{one.key}</p>}
              <p>{one.says}</p>
              <p>
                <strong>Do:</strong> {one.do}
              </p>
              {one.source === null ? null : (
                <p className="small">
                  <a href={one.source} target="_blank" rel="noreferrer">
                    Source
                  </a>
                </p>
              )}
            </Line>
          ))}
        </Lines>
      )}
      {linted.holds.length === 0 ? null : (
        <p>
          <VerdictMark state="pass">As the charter requires</VerdictMark>{' '}
          <span className="mono">{linted.holds.join(', ')}</span>
        </p>
      )}
    </Stack>
  );
}
