import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { client } from '../api.ts';
import { PartMissing } from '../lazy-page.ts';
import { explainBreak, explainError } from '../ui/explain-error.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { useTitle } from '../ui/templates/title.ts';

/** Whether the server answers; what it answers is of no interest here. The banners hear of it too. */
async function serverAnswers(): Promise<boolean> {
  try {
    await client.start.state({});
    return true;
  } catch (error) {
    return explainError(error).status !== 0;
  }
}

/** In place of a page that broke. */
export function RouteFailure({ error, reset }: ErrorComponentProps) {
  return error instanceof PartMissing ? <Missing /> : <Broken error={error} reset={reset} />;
}

/**
 * Whether a file did not come because nobody answered. Chromium does not ask again for a script that failed until the
 * window is reloaded, so the page reloads by itself once there is an answer.
 */
let lost = false;
/** Between two questions whether the server is there again, in milliseconds. */
const PAUSE = 5000;

/** Reloading while nobody answers would leave nothing to read, so it is asked first. */
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
