package figures

import "fener/internal/page"

var figureEmbed = page.EmbedPage("embed/figures/{indicator}", figureChart)
