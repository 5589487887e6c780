namespace BiometricTwoFactor.AspNetCore;

/// <summary>What is said where a confirmation is finished on another device.</summary>
internal static partial class SpanishTexts
{
    private static StepUpTexts WithHandOver(StepUpTexts texts)
    {
        texts.HandOverButton = "Continuar en otro dispositivo";
        texts.HandOverText = "Su teléfono mira su cara y esta página sigue después por sí sola.";
        texts.HandOverScan = "Apunte la cámara de su teléfono a esta imagen, o abra allí el enlace.";
        texts.HandOverPicture = "Código QR del enlace que está debajo";
        texts.HandOverLink = "Enlace que puede enviarse a sí mismo";
        texts.HandOverDigits = "Escriba allí estas dos cifras:";
        texts.HandOverBeware = "No diga las cifras a nadie ni las envíe a ninguna parte. Nunca las pedimos, tampoco por teléfono.";
        texts.HandOverWrong = "En un dispositivo con este enlace se escribieron otras cifras ({0} de 3). Si no fue usted, cancele.";
        texts.HandOverOffered = "Esperamos al otro dispositivo. Esta página sigue por sí sola.";
        texts.HandOverOpened = "El otro dispositivo está listo. Compruebe allí los datos y siga a la cámara. Esta página sigue por sí sola.";
        texts.HandOverCapturing = "La cámara está abierta en el otro dispositivo. Esta página sigue por sí sola.";
        texts.HandOverGone = "El enlace ya no se puede mostrar. Use este dispositivo, o elija otro de nuevo.";
        texts.HandOverBackButton = "Usar este dispositivo";
        texts.HandOverHint = "Para mirar a la cámara de otro dispositivo, empiece de nuevo y elíjalo antes de empezar.";
        texts.HandOverGuessedHeading = "Cifras equivocadas, tres veces";
        texts.HandOverGuessed = "No se ha ejecutado nada: en un dispositivo con el enlace se escribieron tres veces cifras equivocadas, y la confirmación ha terminado. Si fue usted, empiece de nuevo. Si no, otra persona tiene el enlace: díganoslo.";
        texts.HandOverRefusedHeading = "Rechazado en el otro dispositivo";
        texts.HandOverRefused = "No se ha ejecutado nada: en el otro dispositivo se dijo que la solicitud no era de allí, y la confirmación ha terminado.";
        texts.DeviceDigitsHeading = "Continúe aquí";
        texts.DeviceDigitsText = "Continúe solo si usted mismo está haciendo algo en otro dispositivo en este momento. Si alguien le envió este enlace o está al teléfono con usted, cierre esta página.";
        texts.DeviceDigitsLabel = "Las dos cifras que muestra la otra pantalla";
        texts.DeviceDigitsButton = "Continuar";
        texts.DeviceDigitsWrong = "No son las cifras que muestra la otra pantalla. Tras tres intentos equivocados la confirmación termina.";
        texts.DeviceDigitsMissing = "Escriba las dos cifras, por ejemplo 07.";
        texts.DeviceNothingHeading = "Este enlace no abre nada";
        texts.DeviceNothing = "Ya se usó, su tiempo ha terminado o se escribieron demasiadas veces cifras equivocadas. Vuelva al dispositivo en el que empezó. Si alguien le envió el enlace, díganoslo.";
        texts.DeviceCheck = "Siga solo si usted mismo pidió exactamente esto en aquel dispositivo. Su cara lo aprueba, y nada más.";
        texts.DeviceAskedLabel = "Pedido en";
        texts.DeviceAsked = "{0} en {1}";
        texts.DeviceUnknown = "desconocido";
        texts.DeviceAskedAtLabel = "Pedido a las";
        texts.DeviceAskedAt = "{0} (hora UTC)";
        texts.DeviceCountryLabel = "Pedido desde";
        texts.DeviceNotMeButton = "No fui yo";
        texts.DeviceDoneHeading = "Aquí está todo hecho";
        texts.DeviceDone = "Continúe donde empezó: la página de allí sigue por sí sola. Puede cerrar esta.";
        texts.DeviceRefusedHeading = "La solicitud ha terminado";
        texts.DeviceRefused = "No se ha aprobado nada. Puede que alguien conozca su contraseña: cámbiela y díganoslo.";
        texts.DeviceEnded = "No se ha ejecutado nada. Vuelva al dispositivo en el que empezó: allí dice cómo seguir.";
        texts.DeviceUnavailable = "La página de la cámara no se puede abrir en este momento. No se ha perdido nada: inténtelo de nuevo en breve.";
        texts.DeviceTryAgain = "Esta página era demasiado antigua. Abra el enlace otra vez.";
        return texts;
    }
}
