import { Button, type ButtonProps } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A URL within the console that is built at run time; the router parses it again on navigation. */
function parts(href: string): { to: '/'; search: never } {
  const [path, query] = href.split('?');
  return {
    to: path as '/',
    search: Object.fromEntries(new URLSearchParams(query ?? '')) as never,
  };
}

/**
 * A link within the console for long lists. The router's own link subscribes to the current location, which list items
 * do not need and which took half of the time to render a list of clients.
 */
export function AppLink({
  href,
  children,
  className,
}: {
  href: string;
  children: ReactNode;
  className?: string | undefined;
}) {
  const router = useRouter();
  const ready = () => void router.preloadRoute(parts(href)).catch(() => undefined);
  return (
    <a
      href={href}
      className={className}
      onMouseEnter={ready}
      onFocus={ready}
      onTouchStart={ready}
      onClick={(event) => {
        // The browser handles clicks that open another tab or window.
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void router.navigate(parts(href));
      }}
    >
      {children}
    </a>
  );
}

/** A link that looks like a button. */
export function LinkButton({ href, ...button }: ButtonProps & { href: string; children: ReactNode }) {
  return <Button {...button} renderRoot={(props) => <Link {...props} {...parts(href)} />} />;
}
