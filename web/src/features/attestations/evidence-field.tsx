import { Button, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useMay } from '../../session.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Row } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { sizeWords } from '../imports/words.ts';
import classes from './evidence-field.module.css';
import type { useEvidence } from './use-evidence.ts';

interface EvidenceFieldProps {
  readonly slug: string;
  readonly evidence: ReturnType<typeof useEvidence>;
  readonly required?: boolean;
}

/** The files that support a statement: dropped, selected, or named by the hash of a file that is already stored. */
export function EvidenceField({ slug, evidence, required = false }: EvidenceFieldProps) {
  const mayAdd = useMay('evidence.add');
  const { files, sending } = evidence;
  const heading = useId();
  return (
    <section className={classes.root} aria-labelledby={heading}>
      <h3 id={heading}>{required ? 'Evidence' : 'Evidence (optional)'}</h3>
      {mayAdd ? (
        <FileDrop
          label="Drop files here"
          hint="What shows it: a screenshot, an email, an export. Up to 300 MB each; kept as evidence as soon as you choose it."
          onFiles={evidence.take}
        />
      ) : null}
      {files.length + sending.length === 0 ? null : (
        <ul className={classes.files}>
          {files.map(({ sha256, name, bytes }) => {
            const called = name ?? `${sha256.slice(0, 12)}…`;
            return (
              <li key={sha256}>
                <span className={classes.name}>
                  <a href={`/c/${slug}/evidence/${sha256}`} target="_blank" rel="noreferrer">
                    {called}
                    <span className="hidden-text"> (opens in a new tab)</span>
                  </a>{' '}
                  <span className="muted">
                    {bytes === null ? 'size not known' : sizeWords(bytes)}, stored
                  </span>
                </span>
                <Button
                  size="xs"
                  aria-label={`Remove ${called}`}
                  onClick={() => evidence.remove({ sha256 }, called)}
                >
                  Remove
                </Button>
              </li>
            );
          })}
          {sending.map(({ key, file, sent, problem }) => (
            <li key={`sending ${key}`}>
              <span className={classes.name}>
                {file.name} <span className="muted">{sizeWords(file.size)}</span>
                {problem === null ? (
                  <progress max={Math.max(1, file.size)} value={sent} aria-label={`Storing ${file.name}`} />
                ) : (
                  <span role="alert" className={classes.problem}>
                    {problem}
                  </span>
                )}
              </span>
              <Row as="span" gap="xs">
                {problem === null ? null : (
                  <Button size="xs" aria-label={`Try ${file.name} again`} onClick={() => evidence.again(key)}>
                    Try again
                  </Button>
                )}
                <Button
                  size="xs"
                  aria-label={`Remove ${file.name}`}
                  onClick={() => evidence.remove({ key }, file.name)}
                >
                  Remove
                </Button>
              </Row>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="hidden-text">
        {evidence.says}
      </p>
      <p role="alert" className={classes.problem}>
        {evidence.problem}
      </p>
      <Fold summary="Already stored">
        <TextInput
          label="SHA-256 of the file"
          description="You can find it on the file’s page under Evidence. Paste it here."
          autoComplete="off"
          spellCheck={false}
          value={evidence.hash}
          error={evidence.hashProblem}
          onChange={(event) => void evidence.typeHash(event.currentTarget.value)}
        />
      </Fold>
    </section>
  );
}
