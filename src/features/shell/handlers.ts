import type { HandlersOf } from '../handlers-of.ts';
import type { shellContract } from './contract.ts';
import { showFrame } from './frame.ts';
import { listNotifications, readThem } from './notifications.ts';
import { search } from './search.ts';
import { listSharedViews, shareView, unshareView } from './shared-views.ts';
import { listViews, removeView, renameView, saveView } from './views.ts';

export const shellHandlers: HandlersOf<typeof shellContract> = {
  frame: showFrame,
  search,
  notifications: {
    list: listNotifications,
    read: (context, { ids }) => readThem(context, ids),
  },
  views: {
    list: listViews,
    save: saveView,
    rename: (context, { view, name }) => renameView(context, view, name),
    remove: (context, { view }) => removeView(context, view),
    shared: listSharedViews,
    share: shareView,
    unshare: unshareView,
  },
};
