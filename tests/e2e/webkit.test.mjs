// A visitor's journeys in WebKit, the engine of Safari, as GTK has it.

import { journeys } from "./journeys.mjs";
import { launchWebKit } from "./webkit.mjs";

journeys(launchWebKit);
