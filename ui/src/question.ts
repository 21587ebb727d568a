import "./tokens.css";
import "./base.css";
import { mount } from "svelte";
import { chooseAsker } from "./agent/asker";
import { languageOf, speak } from "./language.svelte";
import QuestionApp from "./QuestionApp.svelte";
import { Asked } from "./state/asked.svelte";
import { themeOf, wear } from "./theme";

wear(themeOf(location.search));
const [asker] = await Promise.all([chooseAsker(), speak(languageOf(location.search))]);
const asked = new Asked(asker);
mount(QuestionApp, { target: document.body, props: { asked } });
void asked.start();
