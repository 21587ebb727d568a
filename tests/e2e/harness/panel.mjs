// A real panel with a notification area: the place where tray icons go.

import { mkdirSync, writeFileSync } from "node:fs";
import { until } from "./wait.mjs";
import { start } from "./process.mjs";
import { owned } from "./bus.mjs";

export const WATCHER = "org.kde.StatusNotifierWatcher";

export async function startPanel({ env, logs }) {
  const folder = `${env.XDG_CONFIG_HOME}/xfce4/xfconf/xfce-perchannel-xml`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/xfce4-panel.xml`, LAYOUT);
  const panel = start("xfce4-panel", ["--disable-wm-check", "--sm-client-disable"], { env, log: `${logs}/panel.log` });
  await Promise.race([until("a notification area", () => owned(env, WATCHER), { within: 20_000 }), panel.failed]);
  return panel;
}

const LAYOUT = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=10;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
`;
