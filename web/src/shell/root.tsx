import { Outlet, useRouterState } from '@tanstack/react-router';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useCurrentTitle } from '../ui/templates/title.ts';
import { Toasts } from '../ui/toast.tsx';
import { Banners } from './banners.tsx';

/** Around every page, signed in or not: banners, messages, and focus and words when the page changes. */
export function Root() {
  return (
    <>
      <Banners />
      <Outlet />
      <Toasts />
      <Leaving />
      <Announcer />
    </>
  );
}

/** What asks before a form is left, loaded after the page: no form has anything to lose before. */
function Leaving() {
  const [Dialog, setDialog] = useState<ComponentType | null>(null);
  useEffect(() => {
    // Without the network it is not there, and the page still is.
    import('./leave-dialog.tsx').then(
      ({ LeaveDialog }) => setDialog(() => LeaveDialog),
      () => undefined,
    );
  }, []);
  return Dialog === null ? null : <Dialog />;
}

/** After a change of page the focus goes to its heading and its title is spoken; a change of filters is not a page. */
function Announcer() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const title = useCurrentTitle();
  const [words, setWords] = useState('');
  const focused = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (path === undefined || path === focused.current) return;
    const first = focused.current === undefined;
    focused.current = path;
    if (first) return;
    const timer = setTimeout(() => {
      if (document.activeElement?.closest('[role="dialog"], main form') == null)
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
    }, 60);
    return () => clearTimeout(timer);
  }, [path]);
  useEffect(() => {
    const timer = setTimeout(() => setWords(title === '' ? '' : document.title), 100);
    return () => clearTimeout(timer);
  }, [title]);
  return (
    <p className="hidden-text" role="status">
      {words}
    </p>
  );
}
