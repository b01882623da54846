import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { client } from '../api.ts';
import { PartMissing } from '../lazy-page.ts';
import { explainBreak, explainError } from '../ui/explain-error.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { useTitle } from '../ui/templates/title.ts';

/** Whether the server answers, in whatever way. The banners are updated as well. */
async function serverAnswers(): Promise<boolean> {
  try {
    await client.start.state({});
    return true;
  } catch (error) {
    return explainError(error).status !== 0;
  }
}

/** Replaces a page that threw an error. */
export function RouteFailure({ error, reset }: ErrorComponentProps) {
  return error instanceof PartMissing ? <Missing /> : <Broken error={error} reset={reset} />;
}

/**
 * Whether a file could not be loaded because the server was unreachable. Chromium does not retry a failed script until
 * the window is reloaded, so the page reloads by itself once the server answers.
 */
let lost = false;
/** Milliseconds between two checks whether the server is back. */
const PAUSE = 5000;

/** Check first, because reloading without a server would leave an empty page. */
function Missing() {
  useTitle('Not loaded');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const look = async () => {
      const answers = await serverAnswers();
      if (answers && lost) location.reload();
      else if (!answers) lost = true;
    };
    void look();
    const timer = setInterval(() => void look(), PAUSE);
    return () => clearInterval(timer);
  }, []);
  const reload = async () => {
    setBusy(true);
    if (await serverAnswers()) location.reload();
    else setBusy(false);
  };
  return (
    <EmptyState
      whole
      title="Part of the console could not be loaded"
      action={
        <Button variant="filled" loading={busy} onClick={() => void reload()}>
          Reload
        </Button>
      }
    >
      Bylaw was updated since you opened this page, or the connection was lost. Reload to continue. Nothing
      you had saved was lost.
    </EmptyState>
  );
}

function Broken({ error, reset }: Pick<ErrorComponentProps, 'error' | 'reset'>) {
  useTitle('Broken page');
  return (
    <ErrorState
      whole
      what="This page failed to display."
      still="Anything you saved is safe."
      error={error}
      explain={explainBreak}
      onRetry={reset}
    />
  );
}
