import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Toasts } from '../ui/toast.tsx';
import { Banners } from './banners.tsx';

/** Around every page, signed in or not: banners, messages, and focus and words when the page changes. */
export function Root() {
  return (
    <>
      <Banners />
      <Outlet />
      <Toasts />
      <Announcer />
    </>
  );
}

/** After a change of page the focus goes to its heading and its title is spoken; a change of filters is not a page. */
function Announcer() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const [words, setWords] = useState('');
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    const first = last.current === undefined;
    if (path === undefined || path === last.current) return;
    last.current = path;
    if (first) return;
    const timer = setTimeout(() => {
      setWords(document.title);
      const heading = document.querySelector<HTMLElement>('main h1');
      if (document.activeElement?.closest('[role="dialog"], main input') == null)
        heading?.focus({ preventScroll: true });
    }, 120);
    return () => clearTimeout(timer);
  }, [path]);
  return (
    <p className="hidden-text" role="status">
      {words}
    </p>
  );
}
