import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState, ErrorState } from '../ui/states.tsx';

/** A page whose file is gone from the server: it was updated since this tab was opened. */
function fileMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|module script|Unable to preload|Loading chunk/i.test(error.message)
  );
}

/** In place of a page that broke. */
export function RouteFailure({ error, reset }: ErrorComponentProps) {
  if (fileMissing(error))
    return (
      <EmptyState
        whole
        title="A part of the console could not be loaded"
        action={
          <Button variant="filled" onClick={() => location.reload()}>
            Reload
          </Button>
        }
      >
        Bylaw was updated since you opened this page, or the connection broke. Reload to go on. Nothing was
        lost that you had saved.
      </EmptyState>
    );
  return (
    <ErrorState
      whole
      what="This page broke while it was drawn."
      still="What you had saved is saved."
      error={error}
      onRetry={reset}
    />
  );
}
