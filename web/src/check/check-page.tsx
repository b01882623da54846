import rules from 'virtual:dlp-rules';
import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { compileRules } from '../../../src/domain/dlp/compile.ts';
import type { ScanResult } from '../../../src/domain/dlp/finding.ts';
import { scan } from '../../../src/domain/dlp/scan.ts';
import { DLP_NOT_FOUND } from '../../../src/domain/dlp/words.ts';
import classes from '../mask/mask.module.css';
import { FileProblem } from '../mask/read-file.ts';
import { FileDrop } from '../ui/file-drop.tsx';
import { Notice } from '../ui/states.tsx';
import { CheckResult } from './check-result.tsx';
import { loaded, type ReadText, readText } from './read-text.ts';

const compiled = compileRules(rules);
/** Time limit for a scan in milliseconds; after that, the findings so far are shown. */
const MAX_MS = 10_000;

interface Checked extends ReadText {
  readonly name: string;
  readonly result: ScanResult;
}

/** Reports which member data, payment data and passwords a file or text contains, entirely in the browser. */
export function CheckPage() {
  const [checked, setChecked] = useState<Checked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pasted, setPasted] = useState('');
  const [isLoading, setLoading] = useState(true);
  useEffect(() => void loaded.then(() => setLoading(false)), []);
  const look = (name: string, read: ReadText) => {
    const until = performance.now() + MAX_MS;
    const result = scan(read.text, compiled, { stop: () => performance.now() > until });
    const { files, pictures } = result.embedded;
    setChecked({
      ...read,
      unread: [
        ...read.unread,
        ...(files > 0 ? [{ path: name, why: 'encoded' as const }] : []),
        ...(pictures > 0 ? [{ path: name, why: 'picture' as const }] : []),
      ],
      name,
      result,
    });
  };
  const open = async (file: File) => {
    setProblem(null);
    setChecked(null);
    try {
      look(file.name, await readText(file));
    } catch (error) {
      setProblem(
        error instanceof FileProblem
          ? error.message
          : 'The file cannot be read. Save it again and try once more.',
      );
    }
  };
  return (
    <main id="main" className={classes.page} aria-busy={isLoading}>
      <header className={classes.head}>
        <h1>Check before you share</h1>
        <p>
          Shows what a file or text contains about members, money and passwords before you give it to Claude.
          Everything happens in this browser: nothing is sent, kept or seen by anyone. This page cannot
          connect to anything.
        </p>
      </header>
      <FileDrop
        single
        label={checked === null ? 'Drop a file here' : 'Drop another file'}
        hint="Word, PowerPoint, Excel, PDF, mail, text and ZIP files, up to 25 MB. Your file stays as it is."
        onFiles={([file]) => {
          if (file !== undefined) void open(file);
        }}
      />
      <div className={classes.step}>
        <Textarea
          label="Or paste a text"
          autosize
          minRows={3}
          maxRows={12}
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <div className={classes.bar}>
          <span />
          <Button
            disabled={pasted.trim() === ''}
            onClick={() => {
              setProblem(null);
              look('text', { text: pasted, places: [], copy: 'txt', unread: [] });
            }}
          >
            Check the text
          </Button>
        </div>
      </div>
      <div aria-live="polite">
        {problem === null ? null : <Notice mark="cannot_read">{problem}</Notice>}
        {checked === null ? null : <CheckResult {...checked} rules={compiled} />}
      </div>
      <section className={classes.limits} aria-labelledby="limits">
        <h2 id="limits">What it does not detect</h2>
        <ul>
          {DLP_NOT_FOUND.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </section>
    </main>
  );
}
