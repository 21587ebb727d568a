import "./tokens.css";
import "./base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { chooseAgent } from "./agent";
import { languageOf, speak } from "./language.svelte";
import { Desk } from "./state/desk.svelte";
import { themeOf, wear } from "./theme";

wear(themeOf(location.search));
const [{ agent, opening }] = await Promise.all([chooseAgent(), speak(languageOf(location.search))]);
const desk = new Desk(agent, opening);
mount(App, { target: document.body, props: { desk } });
void desk.live.start();
