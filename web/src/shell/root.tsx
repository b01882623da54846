import { Outlet, useRouterState } from '@tanstack/react-router';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useCurrentTitle } from '../ui/templates/title.ts';
import { Toasts } from '../ui/toast.tsx';
import { Banners } from './banners.tsx';

/** Wraps every page, signed in or not: banners, messages, and focus and announcements on navigation. */
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

/** The question before leaving a form is loaded after the page: before that, no form has unsaved input. */
function Leaving() {
  const [Dialog, setDialog] = useState<ComponentType | null>(null);
  useEffect(() => {
    // It cannot be loaded without a network, but the page still works.
    import('./leave-dialog.tsx').then(
      ({ LeaveDialog }) => setDialog(() => LeaveDialog),
      () => undefined,
    );
  }, []);
  return Dialog === null ? null : <Dialog />;
}

/** After navigation, focuses the page's heading and announces its title; changing filters is not navigation. */
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
