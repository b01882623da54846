import { useEffect, useRef, useState } from 'react';
import { api, client as calls, queries, routes, sendFile } from '../../api.ts';
import { explainError } from '../../ui/explain-error.ts';

/** A file stored as evidence. Name and size are null if it no longer exists. */
interface KeptFile {
  readonly sha256: string;
  readonly name: string | null;
  readonly bytes: number | null;
}

/** A selected file that is not stored yet, or could not be. */
export interface Sending {
  readonly key: number;
  readonly file: File;
  readonly sent: number;
  /** Why it could not be stored; null while it is being sent. */
  readonly problem: string | null;
}

const SHA = /^[0-9a-f]{64}$/;
/** The most files per statement. */
const MAX_FILES = 20;

/**
 * The files that support a statement. They are uploaded as soon as they are selected, so the server stores them before
 * the statement. `one`: exactly one file is required.
 */
export function useEvidence(slug: string, clientName: string, { one = false }: { one?: boolean } = {}) {
  const [files, setFiles] = useState<readonly KeptFile[]>([]);
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [hash, setHash] = useState('');
  const [hashProblem, setHashProblem] = useState<string | null>(null);
  /** The latest event, announced to screen readers. */
  const [says, setSays] = useState('');
  /** Why the form cannot be submitted yet. */
  const [problem, setProblem] = useState<string | null>(null);
  const next = useRef(1);
  const stops = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const running = stops.current;
    return () => {
      for (const stop of running.values()) stop.abort();
    };
  }, []);

  const keep = (file: KeptFile) => {
    setProblem(null);
    setFiles((all) => (all.some(({ sha256 }) => sha256 === file.sha256) ? all : [...all, file]));
  };
  const patch = (key: number, change: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));

  const send = async (key: number, file: File) => {
    const stop = new AbortController();
    stops.current.set(key, stop);
    try {
      const kept = await sendFile(routes.evidence.upload, { client: slug, name: file.name }, file, {
        onSent: (sent) => patch(key, { sent }),
        signal: stop.signal,
      });
      setSending((all) => all.filter((one) => one.key !== key));
      keep(kept);
      setSays(`${file.name} is stored.`);
      void queries.invalidateQueries({ queryKey: api.evidence.key() });
    } catch (error) {
      if (stop.signal.aborted) return;
      patch(key, { problem: explainError(error).text });
      setProblem(null);
    } finally {
      stops.current.delete(key);
    }
  };

  return {
    files,
    sending,
    /** Whether anything was selected or typed. */
    entered: files.length > 0 || sending.length > 0 || hash.trim() !== '',
    hash,
    hashProblem,
    says,
    problem,
    /** Uploads files immediately; the browser queues requests beyond its connection limit. */
    take: (chosen: readonly File[]) => {
      setProblem(null);
      const room = MAX_FILES - files.length - sending.length;
      if (chosen.length > room)
        setProblem(
          `A statement can have at most ${MAX_FILES} files. If you have more, put them into one archive, such as a ZIP.`,
        );
      for (const file of chosen.slice(0, Math.max(0, room))) {
        const key = next.current++;
        setSending((all) => [...all, { key, file, sent: 0, problem: null }]);
        void send(key, file);
      }
    },
    again: (key: number) => {
      const one = sending.find((each) => each.key === key);
      if (one === undefined) return;
      patch(key, { problem: null, sent: 0 });
      void send(key, one.file);
    },
    /** Removes a file from the form. A file that is already stored remains in the evidence. */
    remove: (which: { readonly key: number } | { readonly sha256: string }, name: string) => {
      setProblem(null);
      if ('key' in which) {
        stops.current.get(which.key)?.abort();
        setSending((all) => all.filter(({ key }) => key !== which.key));
      } else setFiles((all) => all.filter(({ sha256 }) => sha256 !== which.sha256));
      setSays(`${name} was removed.`);
    },
    /** Takes the SHA-256 of a stored file; once it is complete, looks it up. */
    typeHash: async (text: string) => {
      setHash(text);
      setHashProblem(null);
      const sha256 = text.trim().toLowerCase();
      if (!SHA.test(sha256)) return;
      try {
        const { name, bytes } = await calls.evidence.get({ client: slug, sha: sha256 });
        keep({ sha256, name, bytes });
        setHash('');
        setSays(`${name} was added.`);
      } catch (error) {
        const { status, text: why } = explainError(error);
        setHashProblem(
          status === 404 ? `No evidence for ${clientName} is at this address. Choose the file instead.` : why,
        );
      }
    },
    /** Whether the form can be submitted; shows why not. */
    check: (): boolean => {
      if (hash.trim() !== '') {
        setHashProblem((was) => was ?? 'A SHA-256 has 64 characters, 0 to 9 and a to f. Paste all of it.');
        return false;
      }
      const why = sending.some((one) => one.problem === null)
        ? 'A file is still uploading. Wait until it is stored, then submit the form again.'
        : sending.length > 0
          ? 'A file could not be stored. Try again or remove it.'
          : one && files.length !== 1
            ? files.length === 0
              ? 'Add the file that shows it, such as a screenshot of the page.'
              : 'One file is kept with this. Remove the others, or put them into one archive.'
            : null;
      setProblem(why);
      return why === null;
    },
  };
}
